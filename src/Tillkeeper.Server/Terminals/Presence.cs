using System.Collections.Concurrent;

namespace Tillkeeper.Server.Terminals;

/// <summary>Who is connected, as this replica knows it. In memory: heartbeats never touch the disk.</summary>
internal sealed class Presence(TimeProvider time)
{
    /// <summary>Three missed heartbeats.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(95);

    private sealed class Seen
    {
        public int Streams;
        public long LastMs;
    }

    private readonly ConcurrentDictionary<string, Seen> seen = new(StringComparer.Ordinal);

    public void Saw(string terminal) =>
        Volatile.Write(
            ref seen.GetOrAdd(terminal, _ => new Seen()).LastMs,
            time.GetUtcNow().ToUnixTimeMilliseconds()
        );

    /// <summary>Counts an open order stream until disposed.</summary>
    public IDisposable Connect(string terminal)
    {
        Saw(terminal);
        var entry = seen[terminal];
        Interlocked.Increment(ref entry.Streams);
        return new Connection(this, terminal, entry);
    }

    public (bool Online, DateTimeOffset? LastSeenAt) Of(string terminal)
    {
        if (!seen.TryGetValue(terminal, out var entry))
        {
            return (false, null);
        }
        var last = DateTimeOffset.FromUnixTimeMilliseconds(Volatile.Read(ref entry.LastMs));
        return (Volatile.Read(ref entry.Streams) > 0 || time.GetUtcNow() - last < Fresh, last);
    }

    private sealed class Connection(Presence presence, string terminal, Seen entry) : IDisposable
    {
        public void Dispose()
        {
            presence.Saw(terminal);
            Interlocked.Decrement(ref entry.Streams);
        }
    }
}
