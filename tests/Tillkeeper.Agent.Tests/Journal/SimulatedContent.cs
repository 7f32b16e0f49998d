using System.Runtime.InteropServices;

namespace Tillkeeper.Agent.Tests.Journal;

/// <summary>A file's bytes, once as the cache shows them and once as the disk holds them.</summary>
internal sealed class SimulatedContent
{
    /// <summary>Appended bytes, or, when null, a cut to a length.</summary>
    private readonly List<(byte[]? Appended, int Length)> unsynced = [];
    private List<byte> durable;

    public SimulatedContent(ReadOnlySpan<byte> bytes)
    {
        durable = [.. bytes];
        Cached = [.. bytes];
    }

    public List<byte> Cached { get; private set; }

    public void Overwrite(ReadOnlySpan<byte> bytes)
    {
        durable = [.. bytes];
        ForgetCached();
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        Cached.AddRange(bytes);
        unsynced.Add((bytes.ToArray(), 0));
    }

    public void Truncate(int length)
    {
        CollectionsMarshal.SetCount(Cached, length);
        unsynced.Add((null, length));
    }

    public void Sync()
    {
        foreach (var (appended, length) in unsynced)
        {
            Apply(appended, length);
        }
        unsynced.Clear();
    }

    /// <summary>Some beginning of what was not synced reaches the disk, the rest never will; the cache does not show it.</summary>
    public void FailSync(Random random) => KeepSome(random);

    public void ForgetCached() => Cached = [.. durable];

    public void LosePower(Random random)
    {
        KeepSome(random);
        ForgetCached();
    }

    private void KeepSome(Random random)
    {
        var whole = random.Next(unsynced.Count + 1);
        foreach (var (appended, length) in unsynced.Take(whole))
        {
            Apply(appended, length);
        }
        if (whole < unsynced.Count && unsynced[whole].Appended is { } half)
        {
            var kept = random.Next(half.Length + 1);
            durable.AddRange(half.AsSpan(0, kept));
            if (random.Next(2) == 0)
            {
                // The length got further than the bytes did.
                durable.AddRange(new byte[random.Next(half.Length - kept + 1)]);
            }
        }
        unsynced.Clear();
    }

    private void Apply(byte[]? appended, int length)
    {
        if (appended is null)
        {
            CollectionsMarshal.SetCount(durable, Math.Min(length, durable.Count));
        }
        else
        {
            durable.AddRange(appended);
        }
    }
}
