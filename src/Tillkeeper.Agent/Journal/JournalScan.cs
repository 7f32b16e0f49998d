using System.Diagnostics.CodeAnalysis;

namespace Tillkeeper.Agent.Journal;

/// <summary>What one pass over a journal's file found, all of it checked.</summary>
/// <param name="End">After the last whole batch; what stands behind it in the file is a torn write.</param>
internal sealed record JournalScan(
    JournalHeader Header,
    IReadOnlyList<JournalEntry> Entries,
    JournalIndex Index,
    JournalPosition End
)
{
    /// <exception cref="Core.Serialization.UnknownEventException">A newer version wrote it.</exception>
    public static bool TryRun(
        IDiskFile file,
        [NotNullWhen(true)] out JournalScan? scan,
        [NotNullWhen(false)] out JournalOpening.Damaged? damage
    )
    {
        var offset = 0L;
        try
        {
            var length = file.Length;
            var (header, start) = ReadHeader(file, length);
            var entries = new List<JournalEntry>();
            var index = new JournalIndex(start);
            var reader = new JournalReader(file, start, length);
            while (true)
            {
                var before = reader.Position;
                offset = before.Offset;
                var (found, batch) = reader.Next();
                if (found != Found.Frame)
                {
                    scan = new JournalScan(header, entries, index, before);
                    damage = null;
                    return true;
                }
                foreach (var entry in batch)
                {
                    // Only to see that it can be read: so that nobody who opens a journal has to be ready for less.
                    entry.ToEvent();
                }
                entries.AddRange(batch);
                index.Add(before, batch);
            }
        }
        catch (InvalidDataException e)
        {
            scan = null;
            damage = new JournalOpening.Damaged(e.Message, offset);
            return false;
        }
    }

    private static (JournalHeader Header, JournalPosition Start) ReadHeader(
        IDiskFile file,
        long length
    )
    {
        var frame = new FrameReader(file, length).Read(0);
        if (frame.Found != Found.Frame)
        {
            // It was put in place whole, so that a torn one is damage like any other.
            throw new InvalidDataException("the header is not whole");
        }
        var header = JournalBody.ReadHeader(frame.Body);
        return (header, new JournalPosition(frame.Next, header.BaseSeq, header.BaseHash));
    }
}
