namespace Tillkeeper.Bench.Measuring;

/// <summary>A folder on the real disk, emptied afterwards. Ours and the yardsticks all write below it.</summary>
internal sealed class Scratch : IDisposable
{
    private int made;

    public Scratch(string root)
    {
        Folder = Path.Combine(root, "bench", "out", $"run-{Environment.ProcessId}");
        Directory.CreateDirectory(Folder);
        if (Machine.FileSystem(Folder) is "tmpfs" or "ramfs")
        {
            throw new InvalidOperationException(
                "The working copy is in memory, where a sync costs nothing; measure on a disk."
            );
        }
    }

    public string Folder { get; }

    /// <summary>A new, empty folder.</summary>
    public string New()
    {
        var folder = Path.Combine(Folder, $"{Interlocked.Increment(ref made)}");
        Directory.CreateDirectory(folder);
        return folder;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
