using Tillkeeper.Core.Locks;

namespace Tillkeeper.Core.Device;

/// <summary>
/// The server, known by its certificate, says that this terminal's identity is over: revoked, or replaced by a later enrolment. So an old
/// copy of the folder, put back after tampering or theft, is worth nothing as soon as it has a connection.
/// </summary>
/// <param name="Code">What the server said, e.g. <c>terminal_revoked</c>.</param>
public sealed record EndIdentity(string NewLockId, string Code) : IDeviceCommand;

internal static class IdentityDecisions
{
    internal static Decision<IDeviceEvent> End(
        DeviceState state,
        EndIdentity command,
        DeviceNow now
    ) =>
        state.ActiveLocks.Any(l =>
            l is { Cause: Cause.Binding, Owner: LockOwner.Terminal } or { Cause: Cause.Tamper }
        )
            ? DeviceDecisions.Nothing
            : new LockBegun(
                DeviceDecisions.Own(
                    command.NewLockId,
                    Cause.Binding,
                    Subject.Terminal,
                    new Evidence(Reason: Terminals.ReportedText.Short(command.Code)),
                    now
                ),
                now.Clock
            );
}
