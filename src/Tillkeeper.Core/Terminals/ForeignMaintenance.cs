using System.Text.Json.Serialization;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Orders;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Core.Terminals;

/// <summary>How far a foreign terminal-management system says it is.</summary>
[JsonConverter(typeof(SnakeCaseEnum<MaintenanceState>))]
public enum MaintenanceState
{
    Started,
    Progress,
    Done,
    Failed,
}

/// <summary>A foreign terminal-management system reports work of its own on this terminal.</summary>
/// <param name="Source">Its name; one lock each.</param>
/// <param name="Version">What it installs, if it says so.</param>
public sealed record ReportMaintenance(
    string Source,
    MaintenanceState State,
    string? Version,
    LockRevision Revision,
    string NewLockId,
    string Person
) : ITerminalCommand;

/// <summary>
/// Work that another system does, locked and shown like our own. Idempotent for each source: a start that is repeated revises, an end
/// without a beginning does nothing.
/// </summary>
internal static class ForeignMaintenance
{
    /// <summary>Smaller changes are not worth an order.</summary>
    private const int LeastProgress = 5;
    private static readonly TimeSpan LeastShift = TimeSpan.FromMinutes(1);

    internal static Decision<ITerminalEvent> Take(
        TerminalState state,
        ReportMaintenance command,
        DateTimeOffset now
    )
    {
        var standing = state.Locks.Values.FirstOrDefault(l =>
            l.Source == command.Source && l.Lock.Status != LockStatus.Releasing
        );
        return (command.State, standing) switch
        {
            (MaintenanceState.Started or MaintenanceState.Progress, null) => Begin(
                state,
                command,
                now
            ),
            (MaintenanceState.Started or MaintenanceState.Progress, { } tracked) => Revise(
                state,
                tracked,
                command.Revision,
                now
            ),
            (_, { } tracked) => LockOrders.Release(
                state,
                new OrderRelease(
                    tracked.Lock.Id,
                    WayOut.MaintenanceDone,
                    command.Person,
                    $"{command.Source}: {Words.Of(command.State)}"
                ),
                now
            ),
            _ => new Decision<ITerminalEvent>([]),
        };
    }

    private static Decision<ITerminalEvent> Begin(
        TerminalState state,
        ReportMaintenance command,
        DateTimeOffset now
    )
    {
        var what = command.Version is { } version ? $" {version}" : "";
        return LockOrders.Lock(
            state,
            new OrderLock(
                command.NewLockId,
                Cause.Maintenance,
                null,
                $"{command.Source}{what}",
                null,
                command.Revision.ExpectedEnd,
                Source: command.Source,
                Progress: command.Revision.Progress
            ),
            now
        );
    }

    private static Decision<ITerminalEvent> Revise(
        TerminalState state,
        TrackedLock tracked,
        LockRevision revision,
        DateTimeOffset now
    )
    {
        var (known, end) = (tracked.Lock, revision.ExpectedEnd);
        var moved =
            end is { } to
            && (known.ExpectedEnd is not { } from || (to - from).Duration() >= LeastShift);
        var gone =
            revision.Progress is { } p && Math.Abs(p - (known.Progress ?? 0)) >= LeastProgress;
        if (!moved && !gone)
        {
            return new Decision<ITerminalEvent>([]);
        }
        List<ITerminalEvent> events = [];
        var folded = events.Add(state, new ServerLockRevised(known.Id, revision));
        if (folded.Epoch > 0)
        {
            events.Add(
                new OrderIssued(
                    TerminalDecisions.Next(folded, OrderKind.LockRevision, now) with
                    {
                        LockId = known.Id,
                        Revision = revision,
                    }
                )
            );
        }
        return events;
    }
}
