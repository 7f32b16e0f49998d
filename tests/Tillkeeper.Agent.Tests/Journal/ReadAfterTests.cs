using Tillkeeper.Agent.Journal;

namespace Tillkeeper.Agent.Tests.Journal;

public sealed class ReadAfterTests
{
    private const string Path = "/data/journal";
    private const long Base = 100;

    private readonly SimulatedDisk disk = new(1);
    private readonly List<JournalEntry> all = [];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Entries_are_there_from_any_number_on_in_memory_or_not(bool reopened)
    {
        using var journal = Fill(batches: 300, reopened);
        foreach (var most in new[] { 1, 7, 250, 10_000 })
        {
            for (var seq = Base; seq <= journal.LastSeq; seq += most == 1 ? 1 : 13)
            {
                Assert.Equal(
                    all.Where(e => e.Seq > seq).Take(most).Select(e => (e.Seq, e.Prev, e.Hash)),
                    journal.ReadAfter(seq, most).Select(e => (e.Seq, e.Prev, e.Hash))
                );
            }
        }
    }

    [Fact]
    public void Entries_come_back_from_the_file_whole()
    {
        using var journal = Fill(batches: 300, reopened: false);
        Assert.Equal(
            all.Take(20).Select(Samples.TextOf),
            journal.ReadAfter(Base, 20).Select(Samples.TextOf)
        );
    }

    [Fact]
    public void Before_the_base_it_begins_at_the_first_and_behind_the_end_there_is_nothing()
    {
        using var journal = Fill(batches: 3, reopened: false);
        Assert.Equal(all[0].Hash, Assert.Single(journal.ReadAfter(5, 1)).Hash);
        Assert.Empty(journal.ReadAfter(journal.LastSeq, 10));
        Assert.Empty(journal.ReadAfter(journal.LastSeq + 5, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => journal.ReadAfter(Base, 0));
    }

    [Fact]
    public void The_newest_come_from_memory_and_the_oldest_cost_a_short_read()
    {
        using var journal = Fill(batches: 600, reopened: true);
        Assert.InRange(disk.Peek(Path).Length, 1_000_000, 10_000_000);
        disk.BytesRead = 0;
        journal.ReadAfter(journal.LastSeq - 50, 50);
        Assert.Equal(0, disk.BytesRead);
        foreach (var seq in new[] { Base, Base + 10, Base + 400 })
        {
            disk.BytesRead = 0;
            journal.ReadAfter(seq, 5);
            Assert.InRange(disk.BytesRead, 1, 256 * 1024);
        }
    }

    private EventJournal Fill(int batches, bool reopened)
    {
        var journal = EventJournal.Create(disk, Path, Samples.Header with { BaseSeq = Base });
        for (var n = 0; n < batches; n++)
        {
            var size = n % 17 * 200;
            all.AddRange(
                journal.Append(
                    [Samples.OfSize(size), Samples.PasscodeSet("op1", (byte)(n % 256))],
                    Samples.At
                )
            );
        }
        if (!reopened)
        {
            return journal;
        }
        journal.Dispose();
        return Assert.IsType<JournalOpening.Opened>(EventJournal.Open(disk, Path)).Journal;
    }
}
