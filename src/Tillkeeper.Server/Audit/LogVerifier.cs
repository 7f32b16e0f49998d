using Microsoft.Data.Sqlite;
using Tillkeeper.Core.Audit;
using Tillkeeper.Server.Storage;
using Tillkeeper.Server.Storage.Sqlite;

namespace Tillkeeper.Server.Audit;

/// <summary>What a verification found.</summary>
internal sealed record AuditReport(bool Ok, IReadOnlyList<ShardHead> Shards, BadPlace? FirstBad);

internal sealed record ShardHead(int Shard, long LastSeq, string HeadHash);

/// <summary>
/// Recomputes the chain of every shard from its first event, in one snapshot, and holds its ends against the heads, against what the streams
/// say their last events are, and against the checkpoints kept outside the database.
/// </summary>
internal sealed class LogVerifier(Database database, CheckpointFile checkpoints)
{
    private readonly System.Threading.Lock oneAtATime = new();

    /// <summary>Reads the whole log; one verification at a time, since each holds a snapshot open.</summary>
    /// <param name="looked">Called after each event.</param>
    public AuditReport Verify(Action? looked = null)
    {
        lock (oneAtATime)
        {
            return VerifyNow(looked);
        }
    }

    /// <summary>How many events there are now.</summary>
    public long Count() =>
        database.Read(connection =>
        {
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT coalesce(sum(last_seq), 0) FROM shards";
            return (long)command.ExecuteScalar()!;
        });

    private AuditReport VerifyNow(Action? looked)
    {
        var (outside, bad) = checkpoints.Read();
        return database.Read(connection =>
        {
            // One snapshot: what is appended meanwhile is verified next time.
            Database.Execute(connection, "BEGIN");
            try
            {
                List<ShardHead> shards = [];
                for (var shard = 0; shard < Shards.Count; shard++)
                {
                    var (head, problem) = Walk(connection, shard, outside, looked);
                    shards.Add(head);
                    bad ??= problem;
                }
                bad ??=
                    OutsideShards(connection)
                    ?? MissingLasts(connection)
                    ?? Unknown(connection, shards.Sum(s => s.LastSeq));
                return new AuditReport(bad is null, shards, bad);
            }
            finally
            {
                Database.Execute(connection, "COMMIT");
            }
        });
    }

    private static (ShardHead Head, BadPlace? Problem) Walk(
        SqliteConnection connection,
        int shard,
        IReadOnlyList<Checkpoint> outside,
        Action? looked
    )
    {
        var verifier = new ChainVerifier(shard, outside);
        using var command = connection.CreateCommand();
        command.CommandText =
            "SELECT place, stream, version, previous, type, at, actor, source, data, hash FROM events WHERE place >= $1 AND place < $2 ORDER BY place";
        command.Parameters.AddWithValue("$1", Shards.PlaceOf(shard, 0));
        command.Parameters.AddWithValue("$2", Shards.PlaceOf(shard + 1, 0));
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var row = new LogRow(
                shard,
                Shards.SeqAt(reader.GetInt64(0)),
                reader.GetString(1),
                reader.GetInt64(2),
                reader.GetInt64(3),
                reader.GetString(4),
                reader.GetInt64(5),
                reader.GetString(6),
                reader.GetString(7),
                reader.GetFieldValue<byte[]>(8)
            );
            looked?.Invoke();
            if (!verifier.Check(row, reader.GetFieldValue<byte[]>(9)))
            {
                break;
            }
        }
        var (claimedSeq, claimedHash) = Claimed(connection, shard);
        var problem = verifier.Finish(claimedSeq, claimedHash);
        return (new ShardHead(shard, verifier.LastSeq, verifier.HeadHash), problem);
    }

    private static (long Seq, string Hash) Claimed(SqliteConnection connection, int shard)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT last_seq, head_hash FROM shards WHERE shard = $1";
        command.Parameters.AddWithValue("$1", shard);
        using var reader = command.ExecuteReader();
        return reader.Read()
            ? (reader.GetInt64(0), Convert.ToHexStringLower(reader.GetFieldValue<byte[]>(1)))
            : (0, Convert.ToHexStringLower(HashChain.Genesis));
    }

    /// <summary>No walk comes by there, and yet a stream could be made to point there.</summary>
    private static BadPlace? OutsideShards(SqliteConnection connection) =>
        First(
            connection,
            $"SELECT stream, place FROM events WHERE place < 0 OR place >= {Shards.PlaceOf(Shards.Count, 0)} LIMIT 1",
            stream => $"an event of {stream} is where no event can be"
        );

    /// <summary>A stream whose last event is gone: the tail was cut, and its head with it.</summary>
    private static BadPlace? MissingLasts(SqliteConnection connection) =>
        First(
            connection,
            "SELECT s.stream, s.last_place FROM streams s LEFT JOIN events e ON e.place = s.last_place AND e.stream = s.stream AND e.version = s.version WHERE e.place IS NULL ORDER BY s.last_place LIMIT 1",
            stream => $"the last event of {stream} is missing: the tail was cut"
        );

    /// <summary>An event that its stream does not count: numbers within a stream have no gaps, so the sums must agree.</summary>
    private static BadPlace? Unknown(SqliteConnection connection, long events)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT coalesce(sum(version), 0) FROM streams";
        return (long)command.ExecuteScalar()! == events
            ? null
            : First(
                connection,
                "SELECT e.stream, e.place FROM events e LEFT JOIN streams s ON s.stream = e.stream WHERE s.stream IS NULL OR e.version > s.version ORDER BY e.place LIMIT 1",
                stream => $"{stream} does not count this event: it was added"
            );
    }

    private static BadPlace? First(
        SqliteConnection connection,
        string sql,
        Func<string, string> problem
    )
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        return reader.Read()
            ? new BadPlace(
                Shards.ShardAt(reader.GetInt64(1)),
                Shards.SeqAt(reader.GetInt64(1)),
                problem(reader.GetString(0))
            )
            : null;
    }
}
