using System.Text;
using Tillkeeper.Core.Audit;
using Tillkeeper.Server.Audit;
using Tillkeeper.Server.Tests.Secrets;

namespace Tillkeeper.Server.Tests.Audit;

/// <summary>The heads kept outside the database: nobody without the master key changes a line of them unnoticed.</summary>
public sealed class CheckpointFileTests : IDisposable
{
    private readonly TempFolder folder = new();

    private string Path => folder.File("checkpoints.log");

    private CheckpointFile Open() => new(Path, folder.MasterKey());

    public void Dispose() => folder.Dispose();

    private static Checkpoint Head(int shard, long seq) =>
        new(
            shard,
            seq,
            new string('a', 64),
            new DateTimeOffset(2026, 11, 22, 9, 0, 0, TimeSpan.Zero)
        );

    private void Fill()
    {
        var file = Open();
        for (var i = 0; i < 5; i++)
        {
            file.Append(Head(i % 4, i + 1));
        }
    }

    [Fact]
    public void What_was_anchored_is_read_back()
    {
        Fill();
        var (checkpoints, problem) = Open().Read();
        Assert.Null(problem);
        Assert.Equal(Enumerable.Range(0, 5).Select(i => Head(i % 4, i + 1)), checkpoints);
    }

    [Fact]
    public void Every_byte_of_every_line_is_guarded()
    {
        Fill();
        var original = File.ReadAllBytes(Path);
        for (var i = 0; i < original.Length; i++)
        {
            if (original[i] == '\n')
            {
                continue;
            }
            var bytes = original.ToArray();
            bytes[i] ^= 1;
            File.WriteAllBytes(Path, bytes);
            var (_, problem) = Open().Read();
            Assert.True(
                problem is not null,
                $"Byte {i} of {original.Length} was changed unnoticed."
            );
        }
    }

    [Fact]
    public void A_line_that_another_key_has_written_is_found()
    {
        Fill();
        using TempFolder elsewhere = new();
        new CheckpointFile(Path, elsewhere.MasterKey()).Append(Head(0, 9));
        Assert.Contains("line 6", Open().Read().Problem!.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_cut_off_by_the_power_is_no_alarm_now_or_after_the_next_one()
    {
        Fill();
        var whole = File.ReadAllBytes(Path);
        var lastLine = Encoding.ASCII.GetString(whole).TrimEnd('\n').LastIndexOf('\n') + 1;
        for (var length = lastLine; length < whole.Length; length++)
        {
            File.WriteAllBytes(Path, whole[..length]);
            var (checkpoints, problem) = Open().Read();
            Assert.Null(problem);
            Assert.InRange(checkpoints.Count, 4, 5);

            Open().Append(Head(3, 77));
            (checkpoints, problem) = Open().Read();
            Assert.Null(problem);
            Assert.Equal(Head(3, 77), checkpoints[^1]);
        }
    }

    [Fact]
    public void No_file_is_no_checkpoint()
    {
        var (checkpoints, problem) = Open().Read();
        Assert.Empty(checkpoints);
        Assert.Null(problem);
    }
}
