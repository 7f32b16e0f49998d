namespace Tillkeeper.Agent.Link;

/// <summary>Is the server there, and how much of our record does it hold?</summary>
internal sealed class LinkState
{
    private long acknowledged = -1;
    private bool online;

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
}
