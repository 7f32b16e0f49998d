using Tillkeeper.Server.Audit;
using Tillkeeper.Server.Storage;

namespace Tillkeeper.Server.Tests.Audit;

/// <summary>Whatever is changed in a log that was recorded is found, and its place is named.</summary>
public sealed class LogVerifierTests(RecordedLog log) : IClassFixture<RecordedLog>
{
    [Fact]
    public void An_untouched_log_is_what_it_was()
    {
        using var copy = log.Copy();
        var report = copy.Verify();
        Assert.True(report.Ok, report.FirstBad?.Problem);
        Assert.Null(report.FirstBad);
        Assert.Equal(4, report.Shards.Count);
        Assert.All(
            report.Shards,
            s => Assert.True(s.LastSeq > 10, $"shard {s.Shard}: {s.LastSeq}")
        );
        Assert.Equal(copy.Ask("SELECT count(*) FROM events"), report.Shards.Sum(s => s.LastSeq));
    }

    public static TheoryData<string> Edits =>
        [
            "data = data || ' '",
            "data = zeroblob(length(data))",
            "data = x''",
            "actor = 'person/0000000000'",
            "actor = ''",
            "type = type || 'x'",
            "at = at + 1",
            "source = '10.0.0.1'",
            "stream = stream || 'x'",
            "version = version + 1",
            "previous = previous + 1",
            "hash = zeroblob(32)",
            "hash = x''",
            "actor = actor || char(0) || 'x'",
            "type = CAST(x'ff' AS TEXT)",
            "data = 5",
            "at = 'yesterday'",
        ];

    [Theory]
    [MemberData(nameof(Edits))]
    public void An_edited_event_is_found(string edit)
    {
        for (var shard = 0; shard < Shards.Count; shard++)
        {
            using var copy = log.Copy();
            var seq = shard + 2;
            copy.Run($"UPDATE events SET {edit} WHERE place = {Shards.PlaceOf(shard, seq)}");
            Found(copy, shard, seq);
        }
    }

    [Fact]
    public void An_event_removed_from_the_middle_is_found()
    {
        using var copy = log.Copy();
        copy.Run($"DELETE FROM events WHERE place = {Shards.PlaceOf(2, 5)}");
        Found(copy, 2, 5);
    }

    [Fact]
    public void A_first_event_removed_is_found()
    {
        using var copy = log.Copy();
        copy.Run($"DELETE FROM events WHERE place = {Shards.PlaceOf(0, 1)}");
        Found(copy, 0, 1);
    }

    [Fact]
    public void Two_events_swapped_are_found()
    {
        using var copy = log.Copy();
        var (a, b) = (Shards.PlaceOf(1, 4), Shards.PlaceOf(1, 9));
        copy.Run($"UPDATE events SET place = -1 WHERE place = {a}");
        copy.Run($"UPDATE events SET place = {a} WHERE place = {b}");
        copy.Run($"UPDATE events SET place = {b} WHERE place = -1");
        Found(copy, 1, 4);
    }

    public static TheoryData<long> StrayPlaces =>
        [
            0,
            Shards.PlaceOf(1, 0),
            Shards.PlaceOf(4, 1),
            Shards.PlaceOf(700, 3),
            -1,
            long.MinValue + 5,
        ];

    [Theory]
    [MemberData(nameof(StrayPlaces))]
    public void An_event_where_none_can_be_is_found_also_when_a_stream_points_at_it(long place)
    {
        using var copy = log.Copy();
        var last = Shards.PlaceOf(1, 6);
        copy.Run(
            $"INSERT INTO events SELECT {place}, stream, version, previous, type, at, actor, source, data, hash FROM events WHERE place = {last}"
        );
        Assert.False(copy.Verify().Ok);
        copy.Run(
            $"UPDATE streams SET last_place = {place} WHERE stream = (SELECT stream FROM events WHERE place = {last})"
        );
        Assert.False(copy.Verify().Ok);
    }

    [Fact]
    public void An_event_added_at_the_end_is_found()
    {
        using var copy = log.Copy();
        var last = copy.Ask("SELECT max(place) FROM events WHERE place >> 48 = 3");
        copy.Run(
            $"INSERT INTO events SELECT {last + 1}, stream, version + 1, previous, type, at, actor, source, data, hash FROM events WHERE place = {last}"
        );
        Found(copy, 3, Shards.SeqAt(last) + 1);
        copy.Rechain(3);
        // Rightly chained it is a lie of somebody who holds the pen; but no stream knows of it.
        Assert.False(copy.Verify().Ok);
    }

    [Fact]
    public void A_tail_that_was_cut_is_found()
    {
        using var copy = log.Copy();
        var cut = Cut(copy, 2);
        Found(copy, 2, cut);
    }

    [Fact]
    public void A_tail_that_was_cut_with_its_head_is_found()
    {
        using var copy = log.Copy();
        var cut = Cut(copy, 2);
        copy.Rechain(2);
        Found(copy, 2, cut);
        File.Delete(copy.Checkpoints);
        // Even without anything outside: the streams know more than the log.
        var report = copy.Verify();
        Assert.False(report.Ok);
        Assert.Equal(2, report.FirstBad!.Shard);
    }

    [Fact]
    public void A_tail_that_was_cut_with_its_head_and_its_streams_is_found_by_the_checkpoint_outside()
    {
        using var copy = log.Copy();
        var cut = Cut(copy, 2);
        copy.Rechain(2);
        copy.Run(
            "DELETE FROM streams WHERE last_place NOT IN (SELECT place FROM events) AND stream NOT IN (SELECT stream FROM events)"
        );
        copy.Run(
            "UPDATE streams SET (last_place, version) = (SELECT max(place), max(version) FROM events e WHERE e.stream = streams.stream)"
        );
        Found(copy, 2, cut);
        File.Delete(copy.Checkpoints);
        Assert.True(copy.Verify().Ok, "This is what the file outside is for.");
    }

    [Fact]
    public void A_chain_rewritten_as_a_whole_is_found_by_the_checkpoint_outside()
    {
        using var copy = log.Copy();
        copy.Run(
            $"UPDATE events SET actor = 'person/0000000000' WHERE place = {Shards.PlaceOf(0, 3)}"
        );
        copy.Rechain(0);
        var report = copy.Verify();
        Assert.False(report.Ok);
        Assert.Equal(0, report.FirstBad!.Shard);
        Assert.Contains("rewritten", report.FirstBad.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_head_that_says_something_else_is_found()
    {
        foreach (
            var edit in new[]
            {
                "last_seq = last_seq + 1",
                "last_seq = last_seq - 1",
                "head_hash = zeroblob(32)",
            }
        )
        {
            using var copy = log.Copy();
            copy.Run($"UPDATE shards SET {edit} WHERE shard = 1");
            var report = copy.Verify();
            Assert.False(report.Ok);
            Assert.Equal(1, report.FirstBad!.Shard);
        }
        using var without = log.Copy();
        without.Run("DELETE FROM shards WHERE shard = 1");
        Assert.Equal(1, without.Verify().FirstBad?.Shard);
    }

    private static long Cut(Tampered copy, int shard)
    {
        var cut = copy.Ask($"SELECT max(place) FROM events WHERE place >> 48 = {shard}") - 6;
        copy.Run($"DELETE FROM events WHERE place >> 48 = {shard} AND place >= {cut}");
        return Shards.SeqAt(cut);
    }

    private static void Found(Tampered copy, int shard, long seq)
    {
        var report = copy.Verify();
        Assert.False(report.Ok);
        Assert.Equal((shard, seq), (report.FirstBad!.Shard, report.FirstBad.Seq));
        Assert.NotEmpty(report.FirstBad.Problem);
    }
}
