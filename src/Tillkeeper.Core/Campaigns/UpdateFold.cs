using Tillkeeper.Core.Device;

namespace Tillkeeper.Core.Campaigns;

/// <summary>The fold of an update at the terminal.</summary>
internal static class UpdateFold
{
    public static DeviceState Offered(DeviceState state, UpdateOffered e) =>
        state with
        {
            Update = new DeviceUpdate(e.Update),
        };

    public static DeviceState Stepped(DeviceState state, UpdateStepped e)
    {
        if (state.Update is not { } update || update.Ordered.Campaign != e.Campaign)
        {
            return state;
        }
        var locked = UpdateTable.IsLocked(e.Step);
        return state with
        {
            Update = update with
            {
                Step = e.Step,
                Tries = e.Try,
                Code = e.Code,
                LockId = locked ? update.LockId : null,
                LockedAt = locked ? update.LockedAt ?? e.Clock : null,
                Slot = e.Slot ?? (locked ? update.Slot : null),
                Previous = e.Slot is null ? update.Previous : e.Previous,
            },
            Software =
                e.Step == UpdateStep.Done && update.Slot is { } slot
                    ? new InstalledSoftware(update.Ordered.Artifact.Version, slot)
                    : state.Software,
        };
    }

    /// <summary>A lock of maintenance began: it is the update's, which takes its next step in the same breath.</summary>
    public static DeviceState Locked(DeviceState state, LockBegun e) =>
        state.Update is { IsOver: false, LockId: null } update
        && e.Lock is { Cause: Locks.Cause.Maintenance, Owner: Locks.LockOwner.Terminal }
            ? state with
            {
                Update = update with { LockId = e.Lock.Id, LockedAt = e.Clock },
            }
            : state;

    public static DeviceState Revised(DeviceState state, LockRevised e) =>
        state.Locks.TryGetValue(e.LockId, out var active)
            ? state with
            {
                Locks = state.Locks.SetItem(
                    e.LockId,
                    active with
                    {
                        Lock = active.Lock with
                        {
                            ExpectedEnd = e.ExpectedEnd ?? active.Lock.ExpectedEnd,
                            Progress = e.Progress ?? active.Lock.Progress,
                        },
                    }
                ),
            }
            : state;
}
