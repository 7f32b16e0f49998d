using Tillkeeper.Agent.Journal;

namespace Tillkeeper.Agent.Tests.Journal;

public sealed class RefusingDiskTests
{
    private const string Path = "/data/journal";
    private const int Write = 1;
    private const int Sync = 2;

    [Theory]
    [InlineData(Write, Fault.Refused)]
    [InlineData(Write, Fault.Full)]
    [InlineData(Sync, Fault.Refused)]
    public void After_a_failed_write_or_sync_the_journal_is_over_and_the_disk_is_left_alone(
        int operation,
        object fault
    )
    {
        var disk = new SimulatedDisk(1);
        using var journal = EventJournal.Create(disk, Path, Samples.Header);
        var kept = journal.Append([Samples.OfSize(10)], Samples.At);

        disk.PlanFault(operation, (Fault)fault);
        Assert.Throws<JournalBrokenException>(() =>
            journal.Append([Samples.OfSize(20)], Samples.At)
        );
        var operations = disk.Operations;
        Assert.Throws<JournalBrokenException>(() =>
            journal.Append([Samples.OfSize(20)], Samples.At)
        );
        Assert.Throws<JournalBrokenException>(() => journal.ReadAfter(0, 10));
        Assert.Equal(operations, disk.Operations);
        Assert.Equal((kept[0].Seq, kept[0].Hash), (journal.LastSeq, journal.LastHash));
    }

    [Fact]
    public void What_a_failed_sync_left_in_the_cache_is_not_believed_by_the_next_program()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var disk = new SimulatedDisk(seed);
            var journal = EventJournal.Create(disk, Path, Samples.Header);
            journal.Append([Samples.OfSize(10)], Samples.At);
            disk.PlanFault(Sync, Fault.Refused);
            Assert.Throws<JournalBrokenException>(() =>
                journal.Append([Samples.OfSize(20)], Samples.At)
            );

            disk.Restart(powerCut: false);
            var opened = Assert.IsType<JournalOpening.Opened>(EventJournal.Open(disk, Path));
            disk.Restart(powerCut: true);
            var again = Assert.IsType<JournalOpening.Opened>(EventJournal.Open(disk, Path));
            Assert.Equal(opened.Entries.Select(e => e.Hash), again.Entries.Select(e => e.Hash));
        }
    }

    [Fact]
    public void A_full_disk_leaves_the_batches_before()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var disk = new SimulatedDisk(seed);
            var journal = EventJournal.Create(disk, Path, Samples.Header);
            var kept = journal.Append([Samples.OfSize(10), Samples.OfSize(5)], Samples.At);
            disk.PlanFault(Write, Fault.Full);
            Assert.Throws<JournalBrokenException>(() =>
                journal.Append([Samples.OfSize(20)], Samples.At)
            );

            disk.Restart(powerCut: false);
            var opened = Assert.IsType<JournalOpening.Opened>(EventJournal.Open(disk, Path));
            Assert.Equal(kept.Select(e => e.Hash), opened.Entries.Select(e => e.Hash));
        }
    }

    [Fact]
    public void A_journal_that_changes_underneath_is_over()
    {
        var disk = new SimulatedDisk(1);
        using var journal = EventJournal.Create(disk, Path, Samples.Header);
        for (var n = 0; n < 40; n++)
        {
            journal.Append([Samples.OfSize(10_000)], Samples.At);
        }
        disk.Damage(Path, 5_000);
        Assert.Throws<JournalBrokenException>(() => journal.ReadAfter(0, 10));
        Assert.Throws<JournalBrokenException>(() =>
            journal.Append([Samples.OfSize(1)], Samples.At)
        );
    }
}
