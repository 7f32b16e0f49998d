namespace Tillkeeper.Core.Audit;

/// <summary>Where the log is not what it was, and how that shows.</summary>
public sealed record BadPlace(int Shard, long Seq, string Problem);

/// <summary>A shard's head at some moment, kept outside the database.</summary>
public sealed record Checkpoint(int Shard, long Seq, string Hash, DateTimeOffset At);

/// <summary>
/// Walks one shard row by row, in order of number, and stops at the first place that cannot be true. Feed it every row,
/// then <see cref="Finish"/> with the head the database claims.
/// </summary>
public sealed class ChainVerifier(int shard, IEnumerable<Checkpoint> checkpoints)
{
    /// <summary>By number; more than one hash for a number when somebody rewrote the log between two checkpoints of it.</summary>
    private readonly Dictionary<long, string[]> anchors = checkpoints
        .Where(c => c.Shard == shard)
        .GroupBy(c => c.Seq)
        .ToDictionary(g => g.Key, g => g.Select(c => c.Hash).ToArray());
    private readonly byte[] head = new byte[HashChain.HashBytes];

    public long LastSeq { get; private set; }
    public string HeadHash => Convert.ToHexStringLower(head);
    public BadPlace? FirstBad { get; private set; }

    /// <summary>Checks one row against the hash stored beside it; false once something is bad.</summary>
    public bool Check(in LogRow row, ReadOnlySpan<byte> storedHash)
    {
        if (FirstBad is not null)
        {
            return false;
        }
        if (row.Seq != LastSeq + 1)
        {
            return Bad(
                LastSeq + 1,
                $"event {LastSeq + 1} is missing: the next one present is {row.Seq}"
            );
        }
        Span<byte> hash = stackalloc byte[HashChain.HashBytes];
        HashChain.Next(head, row, hash);
        if (!hash.SequenceEqual(storedHash))
        {
            return Bad(row.Seq, "the event or its hash was altered, replaced or moved");
        }
        if (
            anchors.TryGetValue(row.Seq, out var known)
            && Convert.ToHexStringLower(hash) is var found
            && known.Any(anchor => anchor != found)
        )
        {
            return Bad(
                row.Seq,
                "the log was rewritten: a checkpoint kept outside has another hash here"
            );
        }
        hash.CopyTo(head);
        LastSeq = row.Seq;
        return true;
    }

    /// <summary>Compares the end of the walk with the head in the database and the latest checkpoint outside.</summary>
    public BadPlace? Finish(long claimedSeq, string claimedHash)
    {
        if (FirstBad is null && (claimedSeq != LastSeq || claimedHash != HeadHash))
        {
            Bad(
                LastSeq + 1,
                $"the tail was cut or added to: the head says {claimedSeq}, the log ends at {LastSeq}"
            );
        }
        if (
            FirstBad is null
            && anchors.Count > 0
            && anchors.Keys.Max() is var anchored
            && anchored > LastSeq
        )
        {
            Bad(LastSeq + 1, $"the tail was cut: a checkpoint kept outside knows event {anchored}");
        }
        return FirstBad;
    }

    private bool Bad(long seq, string problem)
    {
        FirstBad = new BadPlace(shard, seq, problem);
        return false;
    }
}
