using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Orders;

namespace Tillkeeper.Core.Terminals;

/// <summary>What has to be ordered again because of something the terminal reported.</summary>
internal static class Reissues
{
    internal static TerminalState After(
        List<ITerminalEvent> events,
        TerminalState before,
        TerminalState folded,
        TerminalReported reported,
        DateTimeOffset now
    ) =>
        reported.Said switch
        {
            OrderRefused { Code: "expired" } e => Expired(events, before, folded, e, now),
            StateLost => Lost(events, folded, now),
            LockBegun { Lock: { Id: var id } } => Unwanted(events, before, folded, id, now),
            _ => folded,
        };

    /// <summary>An order that expired on its way used up its number; what is still wanted goes out again.</summary>
    private static TerminalState Expired(
        List<ITerminalEvent> events,
        TerminalState before,
        TerminalState folded,
        OrderRefused refused,
        DateTimeOffset now
    )
    {
        var expired = before.OpenOrders.Find(o => o.Number == refused.Number);
        var wanted =
            expired?.LockId is { } id && folded.Locks.TryGetValue(id, out var standing)
                ? standing.IsReleaseOut && standing.ReleaseOrder == expired.Number
                : expired?.Kind == OrderKind.PasscodeReset;
        return expired is not null && wanted
            ? Order(
                events,
                folded,
                expired.Kind,
                expired.LockId,
                expired.WayOut,
                expired.CaseId,
                now
            )
            : folded;
    }

    /// <summary>The terminal forgot its locks; those that stand are put up again.</summary>
    private static TerminalState Lost(
        List<ITerminalEvent> events,
        TerminalState folded,
        DateTimeOffset now
    )
    {
        var after = folded;
        var ownedHere = folded.ActiveLocks.Where(l => l.Owner == LockOwner.Server);
        foreach (var standing in ownedHere.Where(l => !IsOnItsWay(folded, l)).ToArray())
        {
            after = events.Add(after, TerminalDecisions.ToOrder(after, standing, now));
        }
        return after;
    }

    /// <summary>The order that puts it up has not had its turn: one more would only be one too many.</summary>
    private static bool IsOnItsWay(TerminalState state, Lock standing) =>
        state.OpenOrders.Exists(o => o.Kind == OrderKind.Lock && o.LockId == standing.Id);

    /// <summary>
    /// A terminal that lost its state takes its orders from the first again, and may meet an old lock whose release has expired
    /// since. The server no longer wants that lock, so it releases it anew: one that people decided to end, by what is on record of it
    /// here, and never on the terminal's word.
    /// </summary>
    private static TerminalState Unwanted(
        List<ITerminalEvent> events,
        TerminalState before,
        TerminalState folded,
        string lockId,
        DateTimeOffset now
    )
    {
        var met =
            !before.Locks.ContainsKey(lockId)
            && folded.Locks.TryGetValue(lockId, out var standing)
            && standing.ReleaseOrder is null;
        if (
            !met
            || before.PastLocks.FindLast(p => p.Lock.Id == lockId)
                is not { Decided: true, Lock: var decided }
        )
        {
            return folded;
        }
        // A pause can be ended in either way; the reset leaves no more guesses than the lock did.
        if (decided.WaysOut.Contains(WayOut.PasswordReset))
        {
            return Order(
                events,
                folded,
                OrderKind.PasscodeReset,
                lockId,
                WayOut.PasswordReset,
                null,
                now
            );
        }
        foreach (var way in decided.WaysOut)
        {
            if (LockTable.CanRelease(decided.Cause, way))
            {
                return Order(events, folded, OrderKind.Release, lockId, way, null, now);
            }
        }
        return folded;
    }

    private static TerminalState Order(
        List<ITerminalEvent> events,
        TerminalState folded,
        string kind,
        string? lockId,
        WayOut? way,
        string? caseId,
        DateTimeOffset now
    ) =>
        events.Add(
            folded,
            new OrderIssued(
                TerminalDecisions.Next(folded, kind, now) with
                {
                    LockId = lockId,
                    WayOut = way,
                    CaseId = caseId,
                }
            )
        );
}
