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
            LockBegun { Lock: { Owner: LockOwner.Server } raised }
                when !folded.Locks.ContainsKey(raised.Id) => Unwanted(events, folded, raised, now),
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
        var expired = before.OpenOrders.FirstOrDefault(o => o.Number == refused.Number);
        var wanted =
            expired is { Kind: OrderKind.PasscodeReset }
            || (
                expired is { LockId: { } id }
                && folded.Locks.TryGetValue(id, out var l)
                && l.Lock.Status == LockStatus.Releasing
            );
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
        foreach (
            var standing in folded.ActiveLocks.Where(l => l.Owner == LockOwner.Server).ToArray()
        )
        {
            after = events.Add(after, TerminalDecisions.ToOrder(after, standing, now));
        }
        return after;
    }

    /// <summary>
    /// A terminal that lost its state takes its orders from the first again, and may meet an old lock whose release has expired
    /// since. The server no longer wants that lock, so it releases it anew.
    /// </summary>
    private static TerminalState Unwanted(
        List<ITerminalEvent> events,
        TerminalState folded,
        Lock raised,
        DateTimeOffset now
    )
    {
        foreach (var way in raised.WaysOut)
        {
            if (LockTable.CanRelease(raised.Cause, way))
            {
                return Order(events, folded, OrderKind.Release, raised.Id, way, null, now);
            }
        }
        return raised.WaysOut.Contains(WayOut.PasswordReset)
            ? Order(
                events,
                folded,
                OrderKind.PasscodeReset,
                raised.Id,
                WayOut.PasswordReset,
                null,
                now
            )
            : folded;
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
