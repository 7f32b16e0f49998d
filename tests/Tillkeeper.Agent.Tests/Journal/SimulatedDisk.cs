using System.Runtime.InteropServices;
using Tillkeeper.Agent.Journal;

namespace Tillkeeper.Agent.Tests.Journal;

/// <summary>What goes wrong at the planned operation.</summary>
internal enum Fault
{
    /// <summary>The machine stops: of what was not synced, some beginning survives.</summary>
    PowerCut,

    /// <summary>The program stops, the machine goes on: the cache survives.</summary>
    Killed,

    /// <summary>A write writes nothing, a sync fails and drops what it could not write (EIO).</summary>
    Refused,

    /// <summary>A write writes only its beginning and fails (ENOSPC); a sync fails as above.</summary>
    Full,
}

/// <summary>The program or the machine has stopped in the middle of something.</summary>
public sealed class StoppedException() : Exception("The machine has stopped.");

/// <summary>
/// A disk with a page cache, as hostile as POSIX allows: what was not synced survives a power cut as an arbitrary beginning,
/// possibly followed by zeros, names apart from contents; a failed sync drops what was not written while the cache goes on
/// showing it.
/// </summary>
internal sealed class SimulatedDisk(int seed) : IDisk
{
    private readonly Random random = new(seed);
    private readonly List<(string? From, string To, SimulatedContent? Content)> unsyncedNames = [];
    private Dictionary<string, SimulatedContent> names = [];
    private readonly Dictionary<string, SimulatedContent> durableNames = [];
    private (int At, Fault Fault)? plan;
    private int life;

    /// <summary>False makes a disk on which syncing a file does nothing.</summary>
    public bool SyncsFiles { get; init; } = true;

    /// <summary>False makes a disk on which syncing a directory does nothing.</summary>
    public bool SyncsDirectories { get; init; } = true;

    /// <summary>False makes a disk that opens files without syncing what is in the cache and without forgetting it.</summary>
    public bool OpensCarefully { get; init; } = true;

    /// <summary>How many operations changed or tried to change something.</summary>
    public int Operations { get; private set; }

    public long BytesRead { get; set; }

    /// <summary>Lets something go wrong at the n-th operation from now.</summary>
    public void PlanFault(int n, Fault fault) => plan = (Operations + n, fault);

    /// <summary>The program starts again, after a power cut with what the disk has kept.</summary>
    public void Restart(bool powerCut)
    {
        plan = null;
        life++;
        if (!powerCut)
        {
            return;
        }
        SyncNames(random.Next(unsyncedNames.Count + 1));
        unsyncedNames.Clear();
        names = new(durableNames);
        foreach (var content in names.Values)
        {
            content.LosePower(random);
        }
    }

    public byte[] Peek(string path) => [.. names[path].Cached];

    /// <summary>Puts a file there as if it had always been.</summary>
    public void Place(string path, ReadOnlySpan<byte> bytes) =>
        names[path] = durableNames[path] = new SimulatedContent(bytes);

    /// <summary>Flips a bit, on the disk and in the cache.</summary>
    public void Damage(string path, int at)
    {
        var bytes = Peek(path);
        bytes[at] ^= 1;
        names[path].Overwrite(bytes);
    }

    public bool Exists(string path) => names.ContainsKey(path);

    public byte[] ReadAllBytes(string path) => Peek(path);

    public IDiskFile OpenAppend(string path)
    {
        if (!names.TryGetValue(path, out var content))
        {
            content = new SimulatedContent([]);
            ChangeName(null, path, content);
        }
        if (OpensCarefully)
        {
            Sync(content);
            content.ForgetCached();
            SyncDirectory();
        }
        return new Handle(this, content, life);
    }

    public void WriteDurably(string path, ReadOnlySpan<byte> content)
    {
        var beside = new SimulatedContent([]);
        ChangeName(null, path + ".new", beside);
        Append(beside, content);
        Sync(beside);
        Rename(path + ".new", path);
    }

    public void Rename(string from, string to)
    {
        ChangeName(from, to, names[from]);
        SyncDirectory();
    }

    public void Delete(string path)
    {
        ChangeName(path, path, null);
        SyncDirectory();
    }

    public void CreateDirectory(string path) => Step();

    private void ChangeName(string? from, string to, SimulatedContent? content)
    {
        unsyncedNames.Add((from, to, content));
        Apply(names, unsyncedNames[^1]);
        Step();
    }

    private static void Apply(
        Dictionary<string, SimulatedContent> to,
        (string? From, string To, SimulatedContent? Content) change
    )
    {
        if (change.From is { } from)
        {
            to.Remove(from);
        }
        if (change.Content is { } content)
        {
            to[change.To] = content;
        }
    }

    private void SyncDirectory()
    {
        Step();
        if (SyncsDirectories)
        {
            SyncNames(unsyncedNames.Count);
        }
    }

    private void SyncNames(int count)
    {
        foreach (var change in unsyncedNames.Take(count))
        {
            Apply(durableNames, change);
        }
        unsyncedNames.RemoveRange(0, count);
    }

    private void Append(SimulatedContent content, ReadOnlySpan<byte> bytes)
    {
        var written = Coming switch
        {
            null or Fault.PowerCut => bytes.Length,
            Fault.Refused => 0,
            _ => random.Next(bytes.Length),
        };
        content.Append(bytes[..written]);
        Step();
    }

    private void Sync(SimulatedContent content)
    {
        if (Coming is Fault.Refused or Fault.Full)
        {
            content.FailSync(random);
        }
        Step();
        if (SyncsFiles)
        {
            content.Sync();
        }
    }

    private Fault? Coming => plan is { } p && p.At == Operations + 1 ? p.Fault : null;

    private void Step()
    {
        Operations++;
        if (plan is not { } p || Operations < p.At)
        {
            return;
        }
        if (p.Fault is Fault.PowerCut or Fault.Killed)
        {
            throw new StoppedException();
        }
        if (Operations == p.At)
        {
            throw new IOException("Simulated: the disk refuses.");
        }
    }

    private sealed class Handle(SimulatedDisk disk, SimulatedContent content, int life) : IDiskFile
    {
        public long Length => content.Cached.Count;

        public int Read(long offset, Span<byte> into)
        {
            var count = (int)Math.Min(into.Length, Math.Max(0, Length - offset));
            CollectionsMarshal.AsSpan(content.Cached).Slice((int)offset, count).CopyTo(into);
            disk.BytesRead += count;
            return count;
        }

        public void Append(ReadOnlySpan<byte> bytes)
        {
            ThrowIfOfEarlierLife();
            disk.Append(content, bytes);
        }

        public void Sync()
        {
            ThrowIfOfEarlierLife();
            disk.Sync(content);
        }

        public void Truncate(long length)
        {
            ThrowIfOfEarlierLife();
            content.Truncate((int)length);
            disk.Step();
        }

        public void Dispose() { }

        private void ThrowIfOfEarlierLife()
        {
            if (life != disk.life)
            {
                throw new InvalidOperationException("The program that opened this has stopped.");
            }
        }
    }
}
