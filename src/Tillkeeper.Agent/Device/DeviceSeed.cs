using Tillkeeper.Agent.Identity;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Orders;

namespace Tillkeeper.Agent.Device;

/// <summary>Where the fold begins: what enrolment gave, before the first event.</summary>
internal static class DeviceSeed
{
    public static DeviceState Of(TerminalIdentity identity)
    {
        using var ca = CaKey.Of(identity.Ca);
        return DeviceState.Empty with
        {
            Terminal = identity.TerminalId,
            Epoch = identity.Epoch,
            Policy = identity.Policy,
            KeySet = identity.OrderKeys,
            KeySetVersion =
                KeySet.Open(identity.OrderKeys, ca)?.Version
                ?? throw new InvalidOperationException(
                    "The key set of the identity does not open."
                ),
        };
    }
}
