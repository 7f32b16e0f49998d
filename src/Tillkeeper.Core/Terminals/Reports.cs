using System.Globalization;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Terminals.Replacing;
using Tillkeeper.Core.Terminals.Tampering;

namespace Tillkeeper.Core.Terminals;

/// <summary>
/// Taking a terminal's own events: numbered, chained, idempotent. A repeat is harmless, a gap is asked for, and a contradiction
/// means that two devices share one identity, which locks it.
/// </summary>
public static class Reports
{
    internal static Decision<ITerminalEvent> Take(
        TerminalState state,
        Report command,
        DateTimeOffset now
    )
    {
        List<ITerminalEvent> events = [];
        var folded = state;
        foreach (var reported in command.Events)
        {
            if (reported.Seq > folded.ReportedSeq + 1)
            {
                var expected = (folded.ReportedSeq + 1).ToString(CultureInfo.InvariantCulture);
                return new(
                    [.. events],
                    Refusal.Conflict("gap", $"Expected event {expected} next; send from there.")
                );
            }
            if (reported.Seq <= folded.ReportedSeq)
            {
                if (command.KnownHash(reported.Seq) is { } known && known != reported.Hash)
                {
                    return Fork(events, folded, reported.Seq, known, reported.Hash, command, now);
                }
                continue;
            }
            if (reported.Prev != folded.ReportedHash)
            {
                return Fork(
                    events,
                    folded,
                    reported.Seq,
                    folded.ReportedHash,
                    reported.Prev,
                    command,
                    now
                );
            }
            var before = folded;
            folded = events.Add(folded, reported);
            folded = Reissues.After(events, before, folded, reported, now);
            folded = TamperDecisions.Revoke(events, before, folded);
            folded = ReplacementDecisions.Revoke(events, reported, folded);
        }
        return events;
    }

    private static Decision<ITerminalEvent> Fork(
        List<ITerminalEvent> events,
        TerminalState state,
        long seq,
        string expected,
        string got,
        Report command,
        DateTimeOffset now
    )
    {
        var refusal = Refusal.Conflict(
            "fork",
            $"Event {seq} contradicts the record: two devices use this identity. The terminal is locked (binding)."
        );
        if (state.LastFork == got)
        {
            return new([.. events], refusal);
        }
        var folded = events.Add(state, new ForkFound(seq, expected, got));
        if (!folded.ActiveLocks.Any(l => l.Cause == Cause.Binding))
        {
            var locked = LockOrders.Lock(
                folded,
                new OrderLock(
                    command.NewLockId,
                    Cause.Binding,
                    null,
                    "forked event numbers",
                    null,
                    null
                ),
                now
            );
            events.AddRange(locked.Events);
        }
        return new([.. events], refusal);
    }
}
