using Tillkeeper.Core.Device;

namespace Tillkeeper.Agent.Link;

/// <summary>Is the server there, and how much of our record does it hold?</summary>
internal sealed class LinkState
{
    private long acknowledged = -1;
    private bool online;
    private Tuple<DeviceTime>? heard;

    /// <summary>The order stream is open and has said hello.</summary>
    public bool Online
    {
        get => Volatile.Read(ref online);
        set => Volatile.Write(ref online, value);
    }

    /// <summary>The last of our events that the server holds; null until it has said so since this start.</summary>
    public long? Acknowledged
    {
        get => Interlocked.Read(ref acknowledged) is var seq && seq >= 0 ? seq : null;
        set => Interlocked.Exchange(ref acknowledged, value ?? -1);
    }

    /// <summary>When the server last said anything, on the boot clock; null when it has not since this start.</summary>
    public DeviceTime? LastContact => Volatile.Read(ref heard)?.Item1;

    public void Heard(DeviceTime now) => Volatile.Write(ref heard, Tuple.Create(now));
}
