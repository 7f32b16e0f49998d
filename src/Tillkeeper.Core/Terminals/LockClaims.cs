using Tillkeeper.Core.Campaigns;
using Tillkeeper.Core.Codes;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;

namespace Tillkeeper.Core.Terminals;

/// <summary>
/// What the server believes of a terminal's word about locks. Whoever holds the terminal's key can report anything: it may lock itself,
/// and end what it may end by itself. What people decide about ends only once they have. A claim that is not believed stays visible as
/// the event that was reported, and the lock stands.
/// </summary>
internal static class LockClaims
{
    /// <summary>A lock stands there: one on record is confirmed, its own is mirrored, and one that has ended stands again.</summary>
    public static TerminalState Begun(TerminalState state, Lock reported)
    {
        if (state.Locks.ContainsKey(reported.Id))
        {
            return state.Move(reported.Id, LockTable.Happening.Confirmed);
        }
        if (state.PastLocks.FindLast(p => p.Lock.Id == reported.Id) is { } past)
        {
            return Stands(
                state with
                {
                    PastLocks = state.PastLocks.RemoveAll(p => p.Lock.Id == reported.Id),
                },
                past.Lock
            );
        }
        return
            reported.Owner == LockOwner.Terminal
            && Crockford.IsId(reported.Id)
            && HasRoom(state, reported.Subject)
            ? Stands(state, Tidy(reported))
            : state;
    }

    /// <summary>
    /// Believed only by one of the lock's own ways out, and never of tampering (invariants 3 and 9). A way that needs somebody's
    /// decision is believed once that was given: a signed order that is out, or a code that was read out. The terminal judges codes
    /// itself, so of its own locks it is believed without. A terminal that says it was replaced was not.
    /// </summary>
    public static TerminalState Ended(TerminalState state, LockEnded ended) =>
        state.Locks.TryGetValue(ended.LockId, out var tracked)
        && tracked.Lock.Cause != Cause.Tamper
        && tracked.Lock.WaysOut.Contains(ended.WayOut)
        && ended.WayOut switch
        {
            WayOut.Replacement => false,
            WayOut.OfflineCode => tracked.CodeIssued || tracked.Lock.Owner == LockOwner.Terminal,
            WayOut.PasswordReset => tracked.IsReleaseOut,
            // Whoever does the work says when it is done.
            WayOut.MaintenanceDone => tracked.IsReleaseOut
                || tracked.Lock.Owner == LockOwner.Terminal,
            var way => tracked.IsReleaseOut || !LockTable.ByRelease.Contains(way),
        }
            ? state.Move(ended.LockId, LockTable.Happening.Released)
            : state;

    /// <summary>The work behind a lock of its own: nobody knows better. Those of the server's are revised there.</summary>
    public static TerminalState Revised(TerminalState state, LockRevised revised) =>
        state.Locks.TryGetValue(revised.LockId, out var tracked)
        && tracked.Lock.Owner == LockOwner.Terminal
            ? state.Put(tracked.Revise(new(revised.ExpectedEnd, revised.Progress)))
            : state;

    /// <summary>A code was read out. A terminal without a connection may report the begin of its lock long after.</summary>
    public static TerminalState CodeIssued(TerminalState state, string lockId)
    {
        if (state.Locks.ContainsKey(lockId))
        {
            return state.Change(lockId, l => l with { CodeIssued = true });
        }
        return state.CodesOut.Contains(lockId)
            ? state
            : state with
            {
                CodesOut = state.CodesOut.Remember(lockId),
            };
    }

    /// <summary>A lock stands from now on, with what people have decided about it before it was known, or known again.</summary>
    private static TerminalState Stands(TerminalState state, Lock standing)
    {
        var release = state.OpenOrders.FindLast(o => o.Ends && o.LockId == standing.Id);
        return (state with { CodesOut = state.CodesOut.Remove(standing.Id) }).Put(
            new TrackedLock(
                standing with
                {
                    Status = release is null ? LockStatus.Confirmed : LockStatus.Releasing,
                },
                ReleaseOrder: release?.Number,
                CodeIssued: state.CodesOut.Contains(standing.Id)
            )
        );
    }

    /// <summary>Counted apart, so that a shop's paused operators never keep out a lock of the terminal.</summary>
    private static bool HasRoom(TerminalState state, Subject subject) =>
        state.ActiveLocks.Count(l => l.Subject.IsTerminal == subject.IsTerminal)
        < TerminalState.MostMirrored;

    private static Lock Tidy(Lock reported) =>
        reported with
        {
            Subject = reported.Subject.Operator is { } id
                ? Subject.OfOperator(ReportedText.Short(id))
                : Subject.Terminal,
            Message = ReportedText.Short(reported.Message),
            Evidence = ReportedText.Tidy(reported.Evidence),
        };
}
