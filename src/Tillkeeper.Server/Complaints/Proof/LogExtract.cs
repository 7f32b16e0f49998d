using Dapper;
using Tillkeeper.Core.Audit;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Storage;
using Tillkeeper.Server.Storage.Sqlite;

namespace Tillkeeper.Server.Complaints.Proof;

/// <summary>One event of the log with what proves it: its own hash follows from the hash before and from everything in the row.</summary>
/// <param name="Source">From where; withheld from outsiders.</param>
/// <param name="Data">What happened, the very bytes that were hashed (JSON, in base64); withheld from agents and merchants, to whom inner reasons and names are not told. The hash
/// binds the provider to it all the same.</param>
/// <param name="Verified">True when the hash was computed again from the stored row just now, and is right.</param>
internal sealed record ExtractRow(
    int Shard,
    long Seq,
    string Stream,
    long Version,
    long Previous,
    string Type,
    DateTimeOffset At,
    string Before,
    string Hash,
    bool Verified,
    string? Actor = null,
    string? Source = null,
    byte[]? Data = null
);

/// <summary>Takes the events of a few streams out of the log and verifies each against its place in the chain.</summary>
internal sealed class LogExtract(Database database)
{
    /// <summary>Events of one stream that are looked through, the newest first.</summary>
    private const int Most = 2000;

    private const string Walk = """
        WITH RECURSIVE back (place, previous) AS (
          SELECT e.place, e.previous FROM streams s JOIN events e ON e.place = s.last_place WHERE s.stream = @stream
          UNION ALL
          SELECT e.place, e.previous FROM back b JOIN events e
            ON e.place = ((b.place >> 48) << 48) + b.previous WHERE b.previous > 0
          LIMIT @most
        )
        SELECT e.place, e.stream, e.version, e.previous, e.type, e.at, e.actor, e.source, e.data, e.hash, p.hash AS before
        FROM back JOIN events e USING (place) LEFT JOIN events p ON p.place = e.place - 1
        WHERE @about IS NULL OR instr(CAST(e.data AS TEXT), @about) > 0 ORDER BY e.place
        """;

    private sealed record Row(
        long Place,
        string Stream,
        long Version,
        long Previous,
        string Type,
        long At,
        string Actor,
        string Source,
        byte[] Data,
        byte[] Hash,
        byte[]? Before
    );

    /// <param name="about">Only events in which this id stands; null for all of the stream.</param>
    public IReadOnlyList<ExtractRow> Read(string stream, string? about, Person reader) =>
        [
            .. database
                .Read(c =>
                    c.Query<Row>(
                            Walk,
                            new
                            {
                                stream,
                                about,
                                most = Most,
                            }
                        )
                        .AsList()
                )
                .Select(r => Show(r, reader)),
        ];

    private static ExtractRow Show(Row row, Person reader)
    {
        var (shard, seq) = (Shards.ShardAt(row.Place), Shards.SeqAt(row.Place));
        var before = row.Before ?? HashChain.Genesis;
        Span<byte> hash = stackalloc byte[HashChain.HashBytes];
        HashChain.Next(
            before,
            new LogRow(
                shard,
                seq,
                row.Stream,
                row.Version,
                row.Previous,
                row.Type,
                row.At,
                row.Actor,
                row.Source,
                row.Data
            ),
            hash
        );
        var inside = reader.SeesInside;
        return new ExtractRow(
            shard,
            seq,
            row.Stream,
            row.Version,
            row.Previous,
            row.Type,
            DateTimeOffset.FromUnixTimeMilliseconds(row.At),
            Convert.ToHexStringLower(before),
            Convert.ToHexStringLower(row.Hash),
            hash.SequenceEqual(row.Hash),
            inside ? row.Actor : row.Actor.Split('/')[0],
            inside ? row.Source : null,
            inside ? row.Data : null
        );
    }
}
