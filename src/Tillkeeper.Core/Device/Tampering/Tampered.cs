using Tillkeeper.Core.Locks;

namespace Tillkeeper.Core.Device.Tampering;

/// <summary>
/// The secure processor, or a probe that speaks for it, says that somebody was at the terminal's inside; it has erased its keys already
/// (PCI PTS POI 6 A1, A4). Once is enough, and nothing of it is up to a policy.
/// </summary>
/// <param name="Source">Who says so.</param>
public sealed record Tampered(string Source, string NewLockId, string? Detail = null)
    : IDeviceCommand;

/// <summary>Locks at once, and only once however often it is said.</summary>
internal static class TamperDecisions
{
    public static Decision<IDeviceEvent> Raise(DeviceState state, Tampered command, DeviceNow now)
    {
        if (state.ActiveLocks.Any(l => l.Cause == Cause.Tamper))
        {
            return DeviceDecisions.Nothing;
        }
        var reason = command.Detail is { } detail ? $"{command.Source}: {detail}" : command.Source;
        return new LockBegun(
            DeviceDecisions.Own(
                command.NewLockId,
                Cause.Tamper,
                Subject.Terminal,
                new Evidence(Reason: Terminals.ReportedText.Short(reason)),
                now
            ),
            now.Clock
        );
    }
}
