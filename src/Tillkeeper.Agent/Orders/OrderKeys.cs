using Tillkeeper.Agent.Identity;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Orders;

namespace Tillkeeper.Agent.Orders;

/// <summary>The key set in force, opened once; it comes from the state, so that a restart cannot bring an old one back.</summary>
internal sealed class OrderKeys(IdentityStore identities)
{
    private volatile Opened? opened;

    public KeySet InForce(DeviceState state)
    {
        if (opened is { } known && known.Text == state.KeySet)
        {
            return known.Keys;
        }
        var keys =
            Open(state.KeySet)
            ?? throw new InvalidOperationException("The key set in force does not open.");
        opened = new Opened(state.KeySet!, keys);
        return keys;
    }

    /// <summary>The key set, when our CA signed it; null otherwise.</summary>
    public KeySet? Open(string? text)
    {
        using var ca = CaKey.Of(identities.Required.Ca);
        return KeySet.Open(text, ca);
    }

    private sealed record Opened(string Text, KeySet Keys);
}
