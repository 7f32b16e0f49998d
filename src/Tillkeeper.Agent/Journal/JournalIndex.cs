namespace Tillkeeper.Agent.Journal;

/// <summary>
/// Finds entries again: the newest ones in memory (at most about 256 KiB), for the older ones a mark every 64 KiB of the file to
/// read on from.
/// </summary>
internal sealed class JournalIndex(JournalPosition start)
{
    private const int WindowBytes = 256 * 1024;
    private const int MarkEvery = 64 * 1024;
    private const int EntryOverhead = 512;

    private readonly List<JournalPosition> marks = [start];
    private readonly Queue<JournalEntry> window = new();
    private int windowBytes;

    /// <summary>Takes in a batch that stands after <paramref name="before"/>.</summary>
    public void Add(JournalPosition before, IReadOnlyList<JournalEntry> batch)
    {
        if (before.Offset - marks[^1].Offset >= MarkEvery)
        {
            marks.Add(before);
        }
        foreach (var entry in batch)
        {
            window.Enqueue(entry);
            windowBytes += SizeOf(entry);
        }
        while (windowBytes > WindowBytes)
        {
            windowBytes -= SizeOf(window.Dequeue());
        }
    }

    /// <summary>At most <paramref name="most"/> entries after <paramref name="seq"/>; null when memory no longer has the first.</summary>
    public IReadOnlyList<JournalEntry>? InMemory(long seq, int most) =>
        window.TryPeek(out var oldest) && oldest.Seq <= seq + 1
            ? [.. window.SkipWhile(e => e.Seq <= seq).Take(most)]
            : null;

    /// <summary>The last mark that lies before the entry after <paramref name="seq"/>.</summary>
    public JournalPosition Before(long seq)
    {
        var at = marks.FindLastIndex(mark => mark.Seq <= seq);
        return marks[Math.Max(at, 0)];
    }

    private static int SizeOf(JournalEntry entry) =>
        EntryOverhead + entry.Data.Length + (entry.Secret?.Length ?? 0);
}
