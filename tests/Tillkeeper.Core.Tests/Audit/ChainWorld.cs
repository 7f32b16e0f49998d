using System.Text;
using Tillkeeper.Core.Audit;

namespace Tillkeeper.Core.Tests.Audit;

/// <summary>One shard of a log in memory, with the hash stored beside each row, as a database holds it.</summary>
internal sealed class ChainWorld
{
    public const int Shard = 2;

    public List<(LogRow Row, byte[] Hash)> Rows { get; } = [];

    public List<Checkpoint> Checkpoints { get; } = [];

    public (long Seq, string Hash) Head =>
        Rows.Count == 0 ? (0, new string('0', 64)) : HeadOf(Rows);

    public static ChainWorld Of(int rows)
    {
        var world = new ChainWorld();
        for (var i = 1; i <= rows; i++)
        {
            world.Append(Row(i));
        }
        return world;
    }

    public static LogRow Row(long seq) =>
        new(
            Shard,
            seq,
            $"terminal/{seq % 3}",
            (seq + 2) / 3,
            Math.Max(0, seq - 3),
            "terminal.reported.v1",
            1_772_352_000_000 + seq,
            "terminal",
            "10.0.0.7",
            Encoding.UTF8.GetBytes($$"""{"n":{{seq}}}""")
        );

    public static byte[] Hash(byte[] before, LogRow row)
    {
        var hash = new byte[HashChain.HashBytes];
        HashChain.Next(before, row, hash);
        return hash;
    }

    public void Append(LogRow row) =>
        Rows.Add((row, Hash(Rows.Count == 0 ? HashChain.Genesis : Rows[^1].Hash, row)));

    public void Anchor(int count) =>
        Checkpoints.Add(
            new Checkpoint(
                Shard,
                count,
                Convert.ToHexStringLower(Rows[count - 1].Hash),
                DateTimeOffset.UnixEpoch
            )
        );

    /// <summary>What somebody who can write the whole database does: every hash fits again from there on.</summary>
    public void Rehash()
    {
        var before = HashChain.Genesis;
        for (var i = 0; i < Rows.Count; i++)
        {
            before = Hash(before, Rows[i].Row);
            Rows[i] = (Rows[i].Row, before);
        }
    }

    public BadPlace? Verify((long Seq, string Hash)? claimed = null)
    {
        var verifier = new ChainVerifier(Shard, Checkpoints);
        foreach (var (row, hash) in Rows)
        {
            verifier.Check(row, hash);
        }
        var (seq, head) = claimed ?? Head;
        return verifier.Finish(seq, head);
    }

    private static (long, string) HeadOf(List<(LogRow Row, byte[] Hash)> rows) =>
        (rows[^1].Row.Seq, Convert.ToHexStringLower(rows[^1].Hash));
}
