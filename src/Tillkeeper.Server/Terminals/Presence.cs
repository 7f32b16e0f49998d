using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Tillkeeper.Server.Terminals;

/// <summary>A terminal that came or went since presence was last written down.</summary>
internal readonly record struct PresenceChange(
    string Terminal,
    bool Online,
    DateTimeOffset LastSeenAt
);

/// <summary>
/// Who is connected, as this replica knows it. In memory: heartbeats never touch the disk; what has changed is written in batches.
/// </summary>
internal sealed class Presence(TimeProvider time)
{
    /// <summary>Three missed heartbeats.</summary>
    internal static readonly TimeSpan Fresh = TimeSpan.FromSeconds(95);

    private sealed class Seen
    {
        public int Streams;
        public long LastMs;
        public string? Network;

        /// <summary>What is on record; touched by the one who writes it.</summary>
        public bool Written;
    }

    private readonly DateTimeOffset started = time.GetUtcNow();
    private readonly ConcurrentDictionary<string, Seen> seen = new(StringComparer.Ordinal);

    /// <param name="source">The address it came from; empty when there is none.</param>
    public void Saw(string terminal, string source = "")
    {
        var entry = Of(seen, terminal);
        Volatile.Write(ref entry.LastMs, time.GetUtcNow().ToUnixTimeMilliseconds());
        if (source.Length > 0)
        {
            entry.Network = NetworkOfAddress(source);
        }
    }

    /// <summary>Counts an open order stream until disposed.</summary>
    public IDisposable Connect(string terminal, string source = "")
    {
        Saw(terminal, source);
        var entry = seen[terminal];
        Interlocked.Increment(ref entry.Streams);
        return new Connection(this, terminal, entry);
    }

    /// <summary>Online is only who was seen since the start: what is on record from before says when, not that it still is.</summary>
    public (bool Online, DateTimeOffset? LastSeenAt) Of(string terminal) =>
        seen.TryGetValue(terminal, out var entry)
            ? (IsOnline(entry) && WasSeenHere(entry), TimeOf(entry))
            : (false, null);

    /// <summary>The network that the terminal was last seen in, e.g. <c>203.0.113.0/24</c>; null when it is not known.</summary>
    public string? NetworkOf(string terminal) => seen.GetValueOrDefault(terminal)?.Network;

    /// <summary>Which part of the terminals seen was last seen in a network, 0 to 1; null when none was seen at all.</summary>
    public double? ShareIn(string network)
    {
        var (known, there) = (0, 0);
        foreach (var (_, entry) in seen)
        {
            known += entry.Network is null ? 0 : 1;
            there += entry.Network == network ? 1 : 0;
        }
        return known == 0 ? null : Math.Round(there / (double)known, 4);
    }

    /// <summary>How many terminals were last seen in a network, and how many of them are offline.</summary>
    public (int Offline, int Known) CountIn(string network)
    {
        var (offline, known) = (0, 0);
        foreach (var (_, entry) in seen)
        {
            if (entry.Network == network)
            {
                known++;
                offline += IsOnline(entry) ? 0 : 1;
            }
        }
        return (offline, known);
    }

    /// <summary>
    /// What is on record from before the start. Whoever was online then has as long as usual to come back before it counts as gone.
    /// </summary>
    public void Restore(string terminal, bool online, DateTimeOffset lastSeenAt)
    {
        var entry = Of(seen, terminal);
        entry.Written = online;
        Interlocked.CompareExchange(ref entry.LastMs, lastSeenAt.ToUnixTimeMilliseconds(), 0);
    }

    /// <summary>Who came or went since the last <see cref="Wrote"/>, at most so many.</summary>
    public IReadOnlyList<PresenceChange> Changes(int most)
    {
        var mayBeGone = time.GetUtcNow() - started >= Fresh;
        return
        [
            .. seen.Where(s =>
                    s.Value.Written != IsOnline(s.Value) && (mayBeGone || !s.Value.Written)
                )
                .Take(most)
                .Select(s => new PresenceChange(s.Key, !s.Value.Written, TimeOf(s.Value))),
        ];
    }

    /// <summary>These are on record now.</summary>
    public void Wrote(IReadOnlyList<PresenceChange> changes)
    {
        foreach (var change in changes)
        {
            Of(seen, change.Terminal).Written = change.Online;
        }
    }

    /// <summary>Neighbours share it: the first 24 bits of an IPv4 address, 48 of an IPv6 one.</summary>
    internal static string? NetworkOfAddress(string source)
    {
        if (!IPAddress.TryParse(source, out var address))
        {
            return null;
        }
        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var (bytes, kept) = (
            address.GetAddressBytes(),
            address.AddressFamily == AddressFamily.InterNetwork ? 3 : 6
        );
        bytes.AsSpan(kept).Clear();
        return $"{new IPAddress(bytes)}/{kept * 8}";
    }

    private static Seen Of(ConcurrentDictionary<string, Seen> all, string terminal) =>
        all.GetOrAdd(terminal, _ => new Seen());

    private bool IsOnline(Seen entry) =>
        Volatile.Read(ref entry.Streams) > 0 || time.GetUtcNow() - TimeOf(entry) < Fresh;

    private bool WasSeenHere(Seen entry) =>
        Volatile.Read(ref entry.LastMs) >= started.ToUnixTimeMilliseconds();

    private static DateTimeOffset TimeOf(Seen entry) =>
        DateTimeOffset.FromUnixTimeMilliseconds(Volatile.Read(ref entry.LastMs));

    private sealed class Connection(Presence presence, string terminal, Seen entry) : IDisposable
    {
        public void Dispose()
        {
            presence.Saw(terminal);
            Interlocked.Decrement(ref entry.Streams);
        }
    }
}
