using Tillkeeper.Agent.Journal;

namespace Tillkeeper.Agent.Tests.Journal;

/// <summary>The bytes of a sound journal, and what is in them.</summary>
/// <param name="Ends">Where the header frame ends, then where each batch does.</param>
internal sealed record JournalFile(
    byte[] Bytes,
    IReadOnlyList<int> Ends,
    IReadOnlyList<IReadOnlyList<JournalEntry>> Batches
)
{
    private const string Path = "/data/journal";

    public static JournalFile Of(int batches)
    {
        var disk = new SimulatedDisk(1);
        using var journal = EventJournal.Create(disk, Path, Samples.Header);
        var ends = new List<int> { disk.Peek(Path).Length };
        var written = new List<IReadOnlyList<JournalEntry>>();
        for (var n = 0; n < batches; n++)
        {
            var events = Enumerable
                .Range(n * 2, 1 + (n % 3))
                .Select(i => Samples.EveryType[(i + 3) % Samples.EveryType.Count]);
            written.Add(journal.Append([.. events], Samples.At));
            ends.Add(disk.Peek(Path).Length);
        }
        return new(disk.Peek(Path), ends, written);
    }

    /// <summary>The frames, the header's first.</summary>
    public IReadOnlyList<byte[]> Frames =>
        [.. Ends.Select((end, n) => Bytes[(n == 0 ? 0 : Ends[n - 1])..end])];

    /// <summary>Opens bytes as a journal on a disk of their own.</summary>
    public static JournalOpening Open(ReadOnlySpan<byte> bytes, out SimulatedDisk disk)
    {
        disk = new SimulatedDisk(1);
        disk.Place(Path, bytes);
        return EventJournal.Open(disk, Path);
    }
}
