using Tillkeeper.Core.Device;

namespace Tillkeeper.Agent.Journal;

/// <summary>
/// The terminal's memory: every event, in order, hash-chained, in one file that is only ever appended to. What
/// <see cref="Append"/> has returned survives a power cut at any moment (invariant 1). May be called from any thread.
/// </summary>
/// <remarks>
/// The file is a header frame and then one <see cref="Frame"/> a batch (<see cref="JournalBody"/> says what is in them). Opening
/// cuts off a last frame that was torn by a power cut: it was never acknowledged. Anything else that does not check out is
/// damage, and the caller's to lock for. A file cut back to an earlier whole batch cannot be told from an earlier file here;
/// the server can, by the last number and hash that it acknowledged.
/// </remarks>
internal sealed class EventJournal : IDisposable
{
    private readonly System.Threading.Lock gate = new();
    private readonly IDiskFile file;
    private readonly JournalIndex index;
    private JournalPosition end;
    private bool broken;
    private bool disposed;

    private EventJournal(IDiskFile file, JournalIndex index, JournalPosition end) =>
        (this.file, this.index, this.end) = (file, index, end);

    /// <summary>The number of the last durable entry; the header's base when there is none.</summary>
    public long LastSeq => End.Seq;

    /// <summary>The hash of the last durable entry.</summary>
    public string LastHash => End.Hash;

    private JournalPosition End
    {
        get
        {
            lock (gate)
            {
                return end;
            }
        }
    }

    /// <summary>Opens what stands at <paramref name="path"/>, reading and checking all of it.</summary>
    /// <exception cref="IOException">The disk refused, or another program has the journal open.</exception>
    /// <exception cref="Core.Serialization.UnknownEventException">A newer version wrote it; it is left as it is.</exception>
    public static JournalOpening Open(IDisk disk, string path)
    {
        if (!disk.Exists(path))
        {
            return new JournalOpening.Missing();
        }
        var opened = disk.OpenAppend(path);
        var kept = false;
        try
        {
            if (!JournalScan.TryRun(opened, out var scan, out var damage))
            {
                return damage;
            }
            var cut = opened.Length - scan.End.Offset;
            if (cut > 0)
            {
                opened.Truncate(scan.End.Offset);
                opened.Sync();
            }
            kept = true;
            var journal = new EventJournal(opened, scan.Index, scan.End);
            return new JournalOpening.Opened(journal, scan.Header, scan.Entries) { Cut = cut };
        }
        finally
        {
            if (!kept)
            {
                opened.Dispose();
            }
        }
    }

    /// <summary>Starts a journal where none is. On return it survives a power cut.</summary>
    /// <exception cref="IOException">The disk refused, or there is a file already.</exception>
    public static EventJournal Create(IDisk disk, string path, JournalHeader header)
    {
        if (disk.Exists(path))
        {
            throw new IOException("There is a journal already; it has to be moved aside first.");
        }
        var frame = Frame.Wrap(JournalBody.Write(header));
        disk.WriteDurably(path, frame);
        var start = new JournalPosition(frame.Length, header.BaseSeq, header.BaseHash);
        return new EventJournal(disk.OpenAppend(path), new JournalIndex(start), start);
    }

    /// <summary>Appends events as one batch, all or nothing; on return they are durable.</summary>
    /// <exception cref="ArgumentException">They do not fit a frame, or a secret is not the one named; nothing is written.</exception>
    /// <exception cref="JournalBrokenException">The disk refused, now or before. They may or may not be in the file.</exception>
    public IReadOnlyList<JournalEntry> Append(IReadOnlyList<IDeviceEvent> events, string at)
    {
        lock (gate)
        {
            ThrowIfOver();
            if (events.Count == 0)
            {
                return [];
            }
            var batch = new List<JournalEntry>(events.Count);
            var after = end;
            foreach (var happened in events)
            {
                var entry = JournalEntry.Of(happened, at, after);
                batch.Add(entry);
                after = after with { Seq = entry.Seq, Hash = entry.Hash };
            }
            var frame = Frame.Wrap(JournalBody.Write(batch));
            OrBreak(() =>
            {
                file.Append(frame);
                file.Sync();
                return frame.Length;
            });
            index.Add(end, batch);
            end = after with { Offset = end.Offset + frame.Length };
            return batch;
        }
    }

    /// <summary>
    /// At most <paramref name="most"/> entries after number <paramref name="seq"/>, oldest first; from the first one on when
    /// <paramref name="seq"/> lies before this journal's base, none when it is the last or beyond.
    /// </summary>
    /// <exception cref="JournalBrokenException">The disk refused, now or before, or what it returned is damaged.</exception>
    public IReadOnlyList<JournalEntry> ReadAfter(long seq, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        lock (gate)
        {
            ThrowIfOver();
            return seq >= end.Seq
                ? []
                : index.InMemory(seq, most) ?? OrBreak(() => ReadFromFile(seq, most));
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            disposed = true;
            file.Dispose();
        }
    }

    private List<JournalEntry> ReadFromFile(long seq, int most)
    {
        var reader = new JournalReader(file, index.Before(seq), end.Offset);
        var entries = new List<JournalEntry>();
        while (entries.Count < most && reader.Position.Seq < end.Seq)
        {
            var (found, batch) = reader.Next();
            if (found != Found.Frame)
            {
                throw new InvalidDataException("The journal's file is shorter than it was.");
            }
            entries.AddRange(batch.Where(e => e.Seq > seq).Take(most - entries.Count));
        }
        return entries;
    }

    /// <summary>
    /// Nothing is ever tried again: after a failed sync the system may have dropped what it could not write, and the next sync
    /// would succeed without it.
    /// </summary>
    private T OrBreak<T>(Func<T> act)
    {
        try
        {
            return act();
        }
        catch (Exception e)
        {
            broken = true;
            throw new JournalBrokenException("The disk refused; the journal is over.", e);
        }
    }

    private void ThrowIfOver()
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        if (broken)
        {
            throw new JournalBrokenException("The disk refused earlier; the journal is over.");
        }
    }
}
