using System.Text;
using Tillkeeper.Core.Audit;

namespace Tillkeeper.Core.Tests.Audit;

/// <summary>B11: every alteration, deletion, reordering and cut tail is found, with its place.</summary>
public sealed class ChainVerifierTests
{
    private const int Count = 40;
    private readonly ChainWorld world = ChainWorld.Of(Count);

    /// <summary>Each way to alter one row and leave its number alone.</summary>
    public static TheoryData<string> Fields =>
        ["stream", "version", "previous", "type", "at", "actor", "source", "data", "shard"];

    private static LogRow Altered(LogRow row, string field) =>
        field switch
        {
            "stream" => row with { Stream = row.Stream + "x" },
            "version" => row with { Version = row.Version + 1 },
            "previous" => row with { Previous = row.Previous + 1 },
            "type" => row with { Type = "terminal.reported.v2" },
            "at" => row with { At = row.At + 1 },
            "actor" => row with { Actor = "" },
            "source" => row with { Source = row.Source + "0" },
            "data" => row with { Data = Encoding.UTF8.GetBytes("{}") },
            "shard" => row with { Shard = 3 },
            _ => throw new ArgumentOutOfRangeException(nameof(field)),
        };

    private void Is(long place, string problem, BadPlace? found)
    {
        Assert.Equal((ChainWorld.Shard, place), (found?.Shard, found?.Seq));
        Assert.Contains(problem, found?.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void An_untouched_log_is_good_and_says_where_it_ends()
    {
        world.Anchor(1);
        world.Anchor(20);
        world.Anchor(Count);
        var verifier = new ChainVerifier(ChainWorld.Shard, world.Checkpoints);
        Assert.All(world.Rows, r => Assert.True(verifier.Check(r.Row, r.Hash)));
        Assert.Null(verifier.Finish(world.Head.Seq, world.Head.Hash));
        Assert.Equal((world.Head.Seq, world.Head.Hash), (verifier.LastSeq, verifier.HeadHash));
        Assert.Null(new ChainWorld().Verify());
    }

    [Theory]
    [MemberData(nameof(Fields))]
    public void An_edit_of_any_field_of_any_row_is_found_at_its_place(string field)
    {
        for (var i = 0; i < Count; i++)
        {
            var kept = world.Rows[i];
            world.Rows[i] = (Altered(kept.Row, field), kept.Hash);
            Is(i + 1, "altered", world.Verify());
            world.Rows[i] = kept;
        }
        Assert.Null(world.Verify());
    }

    [Fact]
    public void An_edited_row_with_a_fitting_hash_is_found_at_the_row_after_it()
    {
        for (var i = 0; i < Count - 1; i++)
        {
            var kept = world.Rows[i];
            var before = i == 0 ? HashChain.Genesis : world.Rows[i - 1].Hash;
            var forged = Altered(kept.Row, "actor");
            world.Rows[i] = (forged, ChainWorld.Hash(before, forged));
            Is(i + 2, "altered", world.Verify());
            world.Rows[i] = kept;
        }
    }

    [Fact]
    public void An_edited_hash_is_found()
    {
        for (var i = 0; i < Count; i++)
        {
            var kept = world.Rows[i];
            var hash = kept.Hash.ToArray();
            hash[i % 32] ^= 1;
            world.Rows[i] = (kept.Row, hash);
            Is(i + 1, "altered", world.Verify(world.Head));
            world.Rows[i] = kept;
        }
    }

    [Fact]
    public void A_deletion_is_found_at_the_number_that_is_missing()
    {
        for (var i = 0; i < Count - 1; i++)
        {
            var kept = world.Rows[i];
            world.Rows.RemoveAt(i);
            Is(i + 1, "missing", world.Verify());
            world.Rows.Insert(i, kept);
        }
    }

    [Fact]
    public void A_deletion_whose_numbers_were_closed_up_is_found()
    {
        var (claimed, kept) = (world.Head, world.Rows.ToArray());
        for (var i = 0; i < Count; i++)
        {
            world.Rows.Clear();
            world.Rows.AddRange(kept.Where((_, at) => at != i));
            for (var at = i; at < world.Rows.Count; at++)
            {
                world.Rows[at] = (world.Rows[at].Row with { Seq = at + 1 }, world.Rows[at].Hash);
            }
            Assert.Equal(i + 1, world.Verify(claimed)?.Seq);
        }
    }

    [Fact]
    public void Two_rows_that_changed_places_are_found()
    {
        for (var i = 0; i < Count - 1; i++)
        {
            var (one, other) = (world.Rows[i], world.Rows[i + 1]);
            world.Rows[i] = (other.Row with { Seq = i + 1 }, one.Hash);
            world.Rows[i + 1] = (one.Row with { Seq = i + 2 }, other.Hash);
            Is(i + 1, "altered", world.Verify());
            (world.Rows[i], world.Rows[i + 1]) = (other, one);
            Is(i + 1, "missing", world.Verify());
            (world.Rows[i], world.Rows[i + 1]) = (one, other);
        }
    }

    [Fact]
    public void A_row_that_was_put_in_between_is_found()
    {
        world.Rows.Insert(5, world.Rows[5]);
        Assert.Equal(7, world.Verify()?.Seq);
    }

    [Fact]
    public void A_cut_tail_disagrees_with_the_head()
    {
        var claimed = world.Head;
        world.Rows.RemoveRange(30, 10);
        Is(31, "cut", world.Verify(claimed));
    }

    [Fact]
    public void A_cut_tail_with_a_cut_head_disagrees_with_a_checkpoint_outside()
    {
        world.Anchor(Count);
        world.Rows.RemoveRange(30, 10);
        Is(31, "checkpoint kept outside knows event 40", world.Verify());
        world.Rows.Clear();
        Is(1, "checkpoint", world.Verify());
    }

    [Fact]
    public void A_tail_that_was_added_past_the_head_is_found()
    {
        var claimed = world.Head;
        world.Append(ChainWorld.Row(Count + 1));
        Is(Count + 2, "added", world.Verify(claimed));
    }

    [Fact]
    public void A_rewritten_log_fits_itself_but_not_the_checkpoint_outside()
    {
        world.Anchor(10);
        world.Anchor(30);
        world.Rows[14] = (Altered(world.Rows[14].Row, "data"), []);
        world.Rehash();
        Is(30, "rewritten", world.Verify());
        world.Checkpoints.Clear();
        Assert.Null(world.Verify());
    }

    [Fact]
    public void Two_checkpoints_that_contradict_each_other_are_found()
    {
        world.Anchor(10);
        world.Checkpoints.Add(world.Checkpoints[0] with { Hash = new string('a', 64) });
        Is(10, "rewritten", world.Verify());
        world.Checkpoints.Reverse();
        Is(10, "rewritten", world.Verify());
    }

    [Fact]
    public void A_checkpoint_of_another_shard_says_nothing_here()
    {
        world.Checkpoints.Add(new Checkpoint(3, 99, "x", DateTimeOffset.UnixEpoch));
        Assert.Null(world.Verify());
    }

    [Fact]
    public void After_the_first_bad_place_the_walk_is_over()
    {
        var verifier = new ChainVerifier(ChainWorld.Shard, []);
        Assert.False(verifier.Check(world.Rows[1].Row, world.Rows[1].Hash));
        Assert.False(verifier.Check(world.Rows[0].Row, world.Rows[0].Hash));
        Assert.Equal(1, verifier.Finish(0, "")?.Seq);
    }
}
