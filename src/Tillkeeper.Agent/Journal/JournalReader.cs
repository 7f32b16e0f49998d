using Tillkeeper.Core.Device;

namespace Tillkeeper.Agent.Journal;

/// <summary>A place between two batches: where in the file, and the number and hash of the entry before.</summary>
internal readonly record struct JournalPosition(long Offset, long Seq, string Hash);

/// <summary>Reads batch after batch from a position on, and checks numbers and chain.</summary>
internal sealed class JournalReader(IDiskFile file, JournalPosition from, long end)
{
    private readonly FrameReader frames = new(file, end);

    /// <summary>After the last batch that was read.</summary>
    public JournalPosition Position { get; private set; } = from;

    /// <summary>The next batch, empty unless <see cref="Found.Frame"/>.</summary>
    /// <exception cref="InvalidDataException">What stands at <see cref="Position"/> is damaged.</exception>
    public (Found Found, IReadOnlyList<JournalEntry> Batch) Next()
    {
        var frame = frames.Read(Position.Offset);
        if (frame.Found != Found.Frame)
        {
            return (frame.Found, []);
        }
        var batch = JournalBody.ReadBatch(frame.Body, Position.Hash);
        var before = Position.Seq;
        foreach (var entry in batch)
        {
            Check(entry, ++before);
        }
        Position = new JournalPosition(frame.Next, batch[^1].Seq, batch[^1].Hash);
        return (Found.Frame, batch);
    }

    private static void Check(JournalEntry entry, long expected)
    {
        if (entry.Seq != expected)
        {
            throw new InvalidDataException(
                $"number {entry.Seq} stands where number {expected} should"
            );
        }
        if (entry.Hash != JournalChain.Hash(entry.Prev, expected, entry.Type, entry.At, entry.Data))
        {
            throw new InvalidDataException($"the chain breaks at number {expected}");
        }
    }
}
