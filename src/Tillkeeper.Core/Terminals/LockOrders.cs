using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Orders;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Core.Terminals;

/// <summary>Locks and releases that the server orders. Rights are the caller's; this says what is possible at all.</summary>
public static class LockOrders
{
    /// <summary>The causes a person may lock for by hand.</summary>
    public static EnumSet<Cause> ByHand { get; } =
    [Cause.Remote, Cause.Anomaly, Cause.Maintenance, Cause.Tamper];

    /// <summary>How long the first of two people's request waits for the second: an old one must not release by surprise.</summary>
    public static readonly TimeSpan SecondPersonWithin = TimeSpan.FromHours(24);

    internal static Decision<ITerminalEvent> Lock(
        TerminalState state,
        OrderLock command,
        DateTimeOffset now
    )
    {
        if (state.Locks.ContainsKey(command.LockId))
        {
            return Refusal.Conflict("lock_exists", "A lock with this id stands already.");
        }
        var rule = LockTable.Of(command.Cause);
        var wanted = new Lock
        {
            Id = command.LockId,
            Cause = command.Cause,
            Subject = Subject.Terminal,
            Scope = command.Scope ?? rule.Scope,
            Owner = LockOwner.Server,
            Status = LockStatus.Pending,
            Since = now,
            ExpectedEnd = command.ExpectedEnd,
            Progress = command.Progress,
            WaysOut = rule.WaysOut,
            Message = command.Message,
            Evidence = (command.Evidence ?? Evidence.None) with
            {
                Reason = command.Reason,
                People = command.People,
            },
        };
        List<ITerminalEvent> events = [];
        var folded = events.Add(
            state,
            new LockOrdered(wanted, command.Reason, command.BatchId, command.Source)
        );
        if (folded.Epoch > 0)
        {
            // A terminal that has never enrolled gets it with its first orders.
            events.Add(TerminalDecisions.ToOrder(folded, wanted, now));
        }
        return events;
    }

    internal static Decision<ITerminalEvent> Release(
        TerminalState state,
        OrderRelease command,
        DateTimeOffset now
    )
    {
        if (!state.Locks.TryGetValue(command.LockId, out var tracked))
        {
            return Refusal.NotFound("lock");
        }
        if (tracked.Lock.Status == LockStatus.Releasing)
        {
            return Refusal.Conflict(
                "already_releasing",
                "The release is on its way; the terminal has not confirmed it yet."
            );
        }
        if (tracked.Lock.Cause == Cause.Tamper && command.WayOut == WayOut.Repair)
        {
            return Refusal.Conflict(
                "tamper_repair_required",
                "A tampered terminal is not released: two people confirm its inspection and its new keys (tamper-repair)."
            );
        }
        var decidable =
            LockTable.ByRelease.Contains(command.WayOut) || command.WayOut == WayOut.Replacement;
        if (!decidable || !tracked.Lock.WaysOut.Contains(command.WayOut))
        {
            return NotAvailable(tracked.Lock, command.WayOut);
        }
        var first = tracked.FirstOfTwo(now);
        if (
            LockTable.Of(tracked.Lock.Cause).People > 1
            && (first ?? command.Person) == command.Person
        )
        {
            var needed = Refusal.Conflict(
                "second_person_required",
                $"The request is recorded; a second person with the right to release must ask for it too, within {SecondPersonWithin.TotalHours:0} hours."
            );
            return first is null
                ? new Decision<ITerminalEvent>(
                    [new ReleaseRequested(command.LockId, command.Person, command.Reason, now)],
                    needed
                )
                : needed;
        }
        string[] people = first is null ? [command.Person] : [first, command.Person];
        List<ITerminalEvent> events = [];
        var folded = events.Add(
            state,
            new ReleaseOrdered(command.LockId, command.WayOut, people, command.Reason)
        );
        // No order opens a tampered or replaced terminal: its next enrolment leaves the lock behind.
        if (folded.Epoch > 0 && LockTable.CanRelease(tracked.Lock.Cause, command.WayOut))
        {
            events.Add(
                new OrderIssued(
                    TerminalDecisions.Next(folded, OrderKind.Release, now) with
                    {
                        LockId = command.LockId,
                        WayOut = command.WayOut,
                        CaseId = command.CaseId,
                    }
                )
            );
        }
        return events;
    }

    internal static Decision<ITerminalEvent> Reset(
        TerminalState state,
        OrderPasscodeReset command,
        DateTimeOffset now
    )
    {
        if (!state.IsEnrolled)
        {
            return Refusal.Conflict(
                "not_enrolled",
                "The terminal is not enrolled; an order would reach nobody."
            );
        }
        if (
            state.Locks.TryGetValue(command.LockId, out var tracked)
            && !tracked.Lock.WaysOut.Contains(WayOut.PasswordReset)
        )
        {
            return NotAvailable(tracked.Lock, WayOut.PasswordReset);
        }
        List<ITerminalEvent> events = [];
        var folded = state;
        if (tracked is { Lock.Status: not LockStatus.Releasing })
        {
            folded = events.Add(
                folded,
                new ReleaseOrdered(
                    command.LockId,
                    WayOut.PasswordReset,
                    [command.Person],
                    command.Reason
                )
            );
        }
        events.Add(
            new OrderIssued(
                TerminalDecisions.Next(folded, OrderKind.PasscodeReset, now) with
                {
                    LockId = command.LockId,
                    WayOut = WayOut.PasswordReset,
                    CaseId = command.CaseId,
                }
            )
        );
        return events;
    }

    private static Refusal NotAvailable(Lock active, WayOut way) =>
        Refusal.Conflict(
            "way_out_not_available",
            $"This lock cannot be ended by {Words.Of(way)}; it can by: {active.WaysOut}."
        );
}
