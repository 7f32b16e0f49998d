using System.Collections.Immutable;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Rules;

namespace Tillkeeper.Agent.Link;

/// <summary>Is the server there, and how much of our record does it hold?</summary>
internal sealed class LinkState
{
    private long acknowledged = -1;
    private bool online;
    private Uri? portal;
    private TaskCompletionSource greeting = New();
    private Tuple<DeviceTime>? heard;
    private Tuple<ImmutableArray<Finding>> warnings = Tuple.Create(ImmutableArray<Finding>.Empty);
    private CancellationTokenSource moved = new();

    /// <summary>The order stream is open and has said hello.</summary>
    public bool Online
    {
        get => Volatile.Read(ref online);
        set => Volatile.Write(ref online, value);
    }

    /// <summary>Ends with the next hello. Take it before an attempt, so that a hello during the attempt is not missed.</summary>
    public Task Greeting => Volatile.Read(ref greeting).Task;

    /// <summary>The last of our events that the server holds; null until it has said so since this start.</summary>
    public long? Acknowledged
    {
        get => Interlocked.Read(ref acknowledged) is var seq && seq >= 0 ? seq : null;
        set => Interlocked.Exchange(ref acknowledged, value ?? -1);
    }

    /// <summary>What the server's rules found, by its last answer; forgotten with a restart, and told again.</summary>
    public ImmutableArray<Finding> Warnings
    {
        get => Volatile.Read(ref warnings).Item1;
        set => Volatile.Write(ref warnings, Tuple.Create(value));
    }

    /// <summary>Where people come in, by the server's last answer; null when it has not said so since this start.</summary>
    public Uri? Portal
    {
        get => Volatile.Read(ref portal);
        set => Volatile.Write(ref portal, value);
    }

    /// <summary>The server has said hello.</summary>
    public void Greet()
    {
        Online = true;
        Interlocked.Exchange(ref greeting, New()).TrySetResult();
    }

    /// <summary>When the server last said anything, on the boot clock; null when it has not since this start.</summary>
    public DeviceTime? LastContact => Volatile.Read(ref heard)?.Item1;

    public void Heard(DeviceTime now) => Volatile.Write(ref heard, Tuple.Create(now));

    /// <summary>Cancelled when the terminal goes out by another way than before: connections that run on the old one are dead.</summary>
    public CancellationToken Moved => Volatile.Read(ref moved).Token;

    public void Move() => Interlocked.Exchange(ref moved, new CancellationTokenSource()).Cancel();

    private static TaskCompletionSource New() =>
        new(TaskCreationOptions.RunContinuationsAsynchronously);
}
