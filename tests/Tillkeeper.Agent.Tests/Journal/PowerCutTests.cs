using Tillkeeper.Agent.Journal;

namespace Tillkeeper.Agent.Tests.Journal;

public sealed class PowerCutTests
{
    private const string Path = "/data/journal";

    [Fact]
    public void Ten_thousand_power_cuts_lose_nothing_acknowledged_and_keep_no_half_batch()
    {
        var torn = 0;
        for (var seed = 0; seed < 2000; seed++)
        {
            var world = new JournalWorld(seed, new SimulatedDisk(seed));
            Assert.Null(world.Run(cuts: 5));
            torn += world.Torn;
        }
        // The disk really has torn writes, so that the promise means something.
        Assert.InRange(torn, 500, 10_000);
    }

    [Fact]
    public void The_same_test_finds_a_sync_of_the_file_that_is_left_out() =>
        AssertFound("are lost", seed => new SimulatedDisk(seed) { SyncsFiles = false });

    [Fact]
    public void The_same_test_finds_a_sync_of_the_directory_that_is_left_out() =>
        AssertFound("is gone", seed => new SimulatedDisk(seed) { SyncsDirectories = false });

    [Fact]
    public void The_same_test_finds_an_opening_that_believes_the_cache() =>
        AssertFound("are lost", seed => new SimulatedDisk(seed) { OpensCarefully = false });

    [Fact]
    public void Cut_at_any_byte_it_opens_as_the_whole_batches_before()
    {
        var file = JournalFile.Of(batches: 6);
        for (var length = 0; length <= file.Bytes.Length; length++)
        {
            var opening = JournalFile.Open(file.Bytes.AsSpan(0, length), out _);
            AssertWholeBatchesBefore(file, length, opening);
        }
    }

    [Fact]
    public void Zeroed_from_any_byte_to_the_end_of_a_batch_it_opens_as_the_whole_batches_before()
    {
        var file = JournalFile.Of(batches: 4);
        foreach (var end in file.Ends.Skip(1))
        {
            var begin = file.Ends.Last(e => e < end);
            for (var kept = begin; kept < end; kept++)
            {
                var bytes = file.Bytes[..end];
                bytes.AsSpan(kept).Clear();
                AssertWholeBatchesBefore(file, kept, JournalFile.Open(bytes, out _));
            }
        }
    }

    [Fact]
    public void What_was_torn_is_cut_off_durably_and_the_chain_goes_on()
    {
        var file = JournalFile.Of(batches: 3);
        var opening = JournalFile.Open(file.Bytes.AsSpan(0, file.Bytes.Length - 1), out var disk);
        var opened = Assert.IsType<JournalOpening.Opened>(opening);
        Assert.Equal(file.Ends[^1] - 1 - file.Ends[^2], opened.Cut);

        disk.Restart(powerCut: true);
        Assert.Equal(file.Bytes[..file.Ends[^2]], disk.Peek(Path));

        var again = Assert.IsType<JournalOpening.Opened>(EventJournal.Open(disk, Path));
        var entry = Assert.Single(again.Journal.Append([Samples.OfSize(3)], Samples.At));
        Assert.Equal(opened.Entries[^1].Hash, entry.Prev);
        Assert.Equal(opened.Entries[^1].Seq + 1, entry.Seq);
    }

    private static void AssertWholeBatchesBefore(
        JournalFile file,
        int length,
        JournalOpening opening
    )
    {
        if (length < file.Ends[0])
        {
            Assert.Equal(0, Assert.IsType<JournalOpening.Damaged>(opening).Offset);
            return;
        }
        var opened = Assert.IsType<JournalOpening.Opened>(opening);
        var whole = file.Ends.Count(end => end <= length) - 1;
        Assert.Equal(
            file.Batches.Take(whole).SelectMany(b => b).Select(e => e.Hash),
            opened.Entries.Select(e => e.Hash)
        );
        Assert.Equal(Samples.Header, opened.Header);
    }

    private static void AssertFound(string promise, Func<int, SimulatedDisk> disk) =>
        Assert.Contains(
            Enumerable
                .Range(0, 200)
                .Select(seed => new JournalWorld(seed, disk(seed)).Run(cuts: 5)),
            broken => broken?.Contains(promise, StringComparison.Ordinal) == true
        );
}
