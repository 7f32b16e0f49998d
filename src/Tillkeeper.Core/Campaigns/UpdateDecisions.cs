using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Orders;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Core.Campaigns;

/// <summary>The terminal's decisions about an update (C3): the table says where it goes, here is what goes with it.</summary>
public static class UpdateDecisions
{
    /// <summary>The lock of an update whose terminal forgot it can be ended by the provider; until then only by its own end.</summary>
    private static readonly EnumSet<WayOut> Ways = [WayOut.MaintenanceDone];

    /// <summary>An <c>update</c> order: why it cannot be carried out, or null.</summary>
    internal static string? Refuses(DeviceState state, OrderedUpdate update)
    {
        if (update.Check() is not null)
        {
            return "invalid_update";
        }
        if (state.Update is { IsOver: false } running && UpdateTable.IsLocked(running.Step))
        {
            return "update_running";
        }
        return
            DottedVersion.IsOlder(update.Artifact.Version, state.Software?.Version)
            && !update.MayGoBack
            ? "older_version"
            : null;
    }

    /// <summary>Takes an order for an update; an earlier one that has not begun gives way.</summary>
    internal static IReadOnlyList<IDeviceEvent> Offer(
        DeviceState state,
        OrderedUpdate update,
        DeviceNow now
    ) =>
        [
            .. state.Update is { IsOver: false } earlier
            && earlier.Ordered.Campaign != update.Campaign
                ? Step(earlier, UpdateStep.Stopped, 1, now, code: "superseded")
                : [],
            new UpdateOffered(update, now.Clock),
            .. state.Software is { } running && SlotName.IsOf(running.Slot, update.Artifact)
                ? (IDeviceEvent[])
                    [
                        new UpdateStepped(
                            update.Campaign,
                            UpdateStep.Done,
                            now.Clock,
                            Code: "already_installed"
                        ),
                    ]
                : [],
        ];

    /// <summary>An <c>update_stop</c> order: null when the update can no longer be stopped.</summary>
    internal static IReadOnlyList<IDeviceEvent>? Stop(
        DeviceState state,
        string campaign,
        DeviceNow now
    )
    {
        if (state.Update is not { IsOver: false } update || update.Ordered.Campaign != campaign)
        {
            return [];
        }
        return UpdateTable.Next(update.Step, UpdateHappening.StopOrdered) is { } next
            ? Step(update, next, 1, now)
            : null;
    }

    internal static Decision<IDeviceEvent> Step(
        DeviceState state,
        StepUpdate command,
        DeviceNow now
    )
    {
        if (
            state.Update is not { IsOver: false } update
            || update.Ordered.Campaign != command.Campaign
        )
        {
            return Refusal.Conflict("no_such_update", "This update is not the one in hand.");
        }
        if (UpdateTable.Next(update.Step, command.Happening, update.Tries) is not { } next)
        {
            return Refusal.Conflict(
                "out_of_step",
                $"From {update.Step}, {command.Happening} leads nowhere."
            );
        }
        if (next == UpdateStep.Waiting && update is { Step: UpdateStep.Waiting } waiting)
        {
            return waiting.Code == command.Code
                ? DeviceDecisions.Nothing
                : Step(update, next, 1, now, command.Code).ToList();
        }
        var interrupted = command.Happening == UpdateHappening.Interrupted;
        var tries = next == update.Step ? update.Tries + 1 : 1;
        var code = command.Code ?? (interrupted && next != update.Step ? "interrupted" : null);
        List<IDeviceEvent> events = [];
        if (next == UpdateStep.Locking)
        {
            events.Add(Lock(update.Ordered, command.NewLockId!, now));
        }
        events.AddRange(Step(update, next, tries, now, code, command.Slot, command.Previous));
        return events;
    }

    internal static Decision<IDeviceEvent> Revise(DeviceState state, ReviseLock command) =>
        state.Locks.TryGetValue(command.LockId, out var active)
        && active.Lock.Owner == LockOwner.Terminal
            ? new LockRevised(
                command.LockId,
                command.ExpectedEnd,
                new LockRevision(Progress: command.Progress).Percent
            )
            : DeviceDecisions.Nothing;

    internal static Decision<IDeviceEvent> Find(DeviceState state, FindSoftware command) =>
        state.Software == command.Running
            ? DeviceDecisions.Nothing
            : new SoftwareFound(command.Running.Version, command.Running.Slot);

    /// <summary>The step, and the end of the lock where the step ends it.</summary>
    private static List<IDeviceEvent> Step(
        DeviceUpdate update,
        UpdateStep next,
        int tries,
        DeviceNow now,
        string? code = null,
        string? slot = null,
        string? previous = null
    )
    {
        var reopens = update.LockId is not null && !UpdateTable.IsLocked(next);
        TimeSpan? took =
            reopens
            && UpdateTable.IsOver(next)
            && update.LockedAt is { } since
            && now.Clock.ProvenSince(since) is var passed
            && passed > TimeSpan.Zero
                ? passed
                : null;
        List<IDeviceEvent> events =
        [
            new UpdateStepped(
                update.Ordered.Campaign,
                next,
                now.Clock,
                tries,
                code,
                slot,
                previous,
                took
            ),
        ];
        if (reopens)
        {
            events.Add(new LockEnded(update.LockId!, WayOut.MaintenanceDone, now.Clock));
        }
        return events;
    }

    private static LockBegun Lock(OrderedUpdate update, string id, DeviceNow now) =>
        new(
            DeviceDecisions.Own(
                id,
                Cause.Maintenance,
                Subject.Terminal,
                new Evidence(Reason: $"update to {update.Artifact.Name} {update.Artifact.Version}"),
                now
            ) with
            {
                WaysOut = Ways,
                ExpectedEnd = now.Shown + update.Estimate,
                Progress = 0,
            },
            now.Clock
        );
}
