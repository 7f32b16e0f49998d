using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Orders;

namespace Tillkeeper.Core.Terminals.Replacing;

/// <summary>Two people have decided that another terminal takes the place of this one.</summary>
/// <param name="By">The other terminal's id.</param>
/// <param name="NewLockId">For the lock that keeps it from trading until it is wiped, and for good when it never is.</param>
public sealed record ReplaceTerminal(
    string By,
    IReadOnlyList<string> People,
    string Reason,
    string NewLockId
) : ITerminalCommand;

/// <summary>Another terminal has taken the place of this one: what only a replacement ends has ended.</summary>
public sealed record TerminalReplaced(string By, IReadOnlyList<string> People, string Reason)
    : ITerminalEvent;

/// <summary>
/// A terminal whose place another has taken: the locks that a replacement ends have ended, it is locked as bound elsewhere, told to wipe its
/// identity, and revoked as soon as it says that it will.
/// </summary>
public static class ReplacementDecisions
{
    /// <summary>Why the certificate goes, and why the lock stands.</summary>
    public const string Reason = "replaced";

    /// <summary>What was locked about the shop and not about the device: it follows to the terminal that takes over.</summary>
    public static bool Follows(Lock standing) =>
        standing is { Cause: Cause.Remote or Cause.Anomaly, Status: not LockStatus.Releasing }
        && standing.Subject.IsTerminal;

    internal static Decision<ITerminalEvent> Replace(
        TerminalState state,
        ReplaceTerminal command,
        DateTimeOffset now
    )
    {
        if (state.ReplacedBy is not null)
        {
            return Refusal.Conflict("already_replaced", "Another terminal has its place already.");
        }
        List<ITerminalEvent> events = [];
        var folded = state;
        foreach (
            var ended in state.ActiveLocks.Where(l =>
                l.WaysOut.Contains(WayOut.Replacement) && l.Status != LockStatus.Releasing
            )
        )
        {
            folded = events.Add(
                folded,
                new ReleaseOrdered(ended.Id, WayOut.Replacement, command.People, command.Reason)
            );
        }
        folded = events.Add(
            folded,
            new TerminalReplaced(command.By, command.People, command.Reason)
        );
        var locked = LockOrders.Lock(
            folded,
            new OrderLock(
                command.NewLockId,
                Cause.Binding,
                null,
                Reason,
                null,
                null,
                People: command.People
            ),
            now
        );
        if (locked.Refusal is { } taken)
        {
            return taken;
        }
        foreach (var happened in locked.Events)
        {
            folded = events.Add(folded, happened);
        }
        if (folded.IsEnrolled)
        {
            events.Add(new OrderIssued(TerminalDecisions.Next(folded, OrderKind.Wipe, now)));
        }
        return events;
    }

    /// <summary>Only another terminal has left these behind; what an order of this one's is to end still waits for it.</summary>
    internal static TerminalState Fold(TerminalState state, TerminalReplaced e) =>
        state with
        {
            ReplacedBy = e.By,
            Locks = state.Locks.RemoveRange(
                state
                    .Locks.Where(l =>
                        l.Value is { ReleaseOrder: null, Lock.Status: LockStatus.Releasing }
                    )
                    .Select(l => l.Key)
            ),
        };

    /// <summary>It has said that it wipes its identity: nobody shows this certificate rightly any more.</summary>
    internal static TerminalState Revoke(
        List<ITerminalEvent> events,
        TerminalReported reported,
        TerminalState folded
    ) =>
        folded is { ReplacedBy: not null, Revoked: false }
        && reported.Said is OrderApplied { Kind: OrderKind.Wipe }
            ? events.Add(folded, new TerminalRevoked(Reason))
            : folded;
}
