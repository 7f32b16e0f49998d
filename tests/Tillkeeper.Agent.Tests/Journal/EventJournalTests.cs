using Tillkeeper.Agent.Journal;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Agent.Tests.Journal;

public sealed class EventJournalTests
{
    private const string Path = "/data/journal";

    private readonly SimulatedDisk disk = new(1);

    [Fact]
    public void The_samples_hold_every_type_of_event() =>
        Assert.Equal(
            EventCatalogue.Device.Names,
            Samples
                .EveryType.Select(EventCatalogue.Device.NameOf)
                .Distinct()
                .Order(StringComparer.Ordinal)
        );

    [Fact]
    public void Every_type_of_event_comes_back_as_it_was_with_its_secret()
    {
        using (var journal = EventJournal.Create(disk, Path, Samples.Header))
        {
            journal.Append(Samples.EveryType, Samples.At);
        }
        var opened = Assert.IsType<JournalOpening.Opened>(EventJournal.Open(disk, Path));
        Assert.Equal(Samples.Header, opened.Header);
        Assert.Equal(
            Samples.EveryType.Select(Samples.TextOf),
            opened.Entries.Select(Samples.TextOf)
        );
        Assert.All(opened.Entries, e => Assert.Equal(Samples.At, e.At));
    }

    [Fact]
    public void Where_no_file_is_the_journal_is_missing() =>
        Assert.IsType<JournalOpening.Missing>(EventJournal.Open(disk, Path));

    [Fact]
    public void A_journal_is_never_started_over_another()
    {
        EventJournal.Create(disk, Path, Samples.Header).Dispose();
        Assert.Throws<IOException>(() => EventJournal.Create(disk, Path, Samples.Header));
    }

    [Fact]
    public void Numbers_and_chain_go_on_from_the_base_over_batches_and_openings()
    {
        var hash = JournalChain.Hash(JournalChain.Genesis, 41, "t", Samples.At, "{}"u8);
        var header = new JournalHeader("0123456789", 2, 41, hash);
        var journal = EventJournal.Create(disk, Path, header);
        Assert.Equal((41, hash), (journal.LastSeq, journal.LastHash));

        var entries = new List<JournalEntry>();
        for (var n = 0; n < 10; n++)
        {
            entries.AddRange(journal.Append([Samples.OfSize(n), Samples.OfSize(1)], Samples.At));
            Assert.Equal(entries[^1].Seq, journal.LastSeq);
            Assert.Equal(entries[^1].Hash, journal.LastHash);
            journal.Dispose();
            journal = Assert.IsType<JournalOpening.Opened>(EventJournal.Open(disk, Path)).Journal;
            Assert.Equal((entries[^1].Seq, entries[^1].Hash), (journal.LastSeq, journal.LastHash));
        }
        for (var n = 0; n < entries.Count; n++)
        {
            var e = entries[n];
            Assert.Equal(42 + n, e.Seq);
            Assert.Equal(hash, e.Prev);
            hash = JournalChain.Hash(e.Prev, e.Seq, e.Type, e.At, e.Data);
            Assert.Equal(hash, e.Hash);
        }
    }

    [Fact]
    public void A_batch_is_one_write_and_one_sync()
    {
        using var journal = EventJournal.Create(disk, Path, Samples.Header);
        var before = disk.Operations;
        journal.Append(Samples.EveryType, Samples.At);
        Assert.Equal(before + 2, disk.Operations);
        Assert.Empty(journal.Append([], Samples.At));
        Assert.Equal(before + 2, disk.Operations);
    }

    [Fact]
    public void What_could_not_be_read_back_is_not_written_and_breaks_nothing()
    {
        using var journal = EventJournal.Create(disk, Path, Samples.Header);
        var before = disk.Operations;
        var added = Samples.OperatorAdded("op1", "001");
        IDeviceEvent[] impossible =
        [
            added with
            {
                Secret = null,
            },
            added with
            {
                SecretHash = JournalChain.Genesis,
            },
            new AttemptFailed(null!),
            Samples.OfSize(Frame.MostBody),
        ];
        foreach (var happened in impossible)
        {
            Assert.Throws<ArgumentException>(() =>
                journal.Append([Samples.OfSize(1), happened], Samples.At)
            );
        }
        Assert.Equal((before, 0), (disk.Operations, journal.LastSeq));
        Assert.Equal(1, Assert.Single(journal.Append([added], Samples.At)).Seq);
    }

    [Fact]
    public void A_closed_journal_takes_nothing_more()
    {
        var journal = EventJournal.Create(disk, Path, Samples.Header);
        journal.Dispose();
        Assert.Throws<ObjectDisposedException>(() =>
            journal.Append([Samples.OfSize(1)], Samples.At)
        );
        Assert.Throws<ObjectDisposedException>(() => journal.ReadAfter(0, 1));
    }

    [Fact]
    public void Appends_from_many_threads_make_one_chain()
    {
        using var journal = EventJournal.Create(disk, Path, Samples.Header);
        Parallel.For(
            0,
            200,
            n =>
            {
                journal.Append([Samples.OfSize(n), Samples.OfSize(1)], Samples.At);
                Assert.NotEmpty(journal.ReadAfter(journal.LastSeq - 1, 5));
            }
        );
        var opened = Assert.IsType<JournalOpening.Opened>(EventJournal.Open(disk, Path));
        Assert.Equal(400, opened.Entries.Count);
    }
}
