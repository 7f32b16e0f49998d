using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Storage;
using Tillkeeper.Server.Storage.Sqlite;

namespace Tillkeeper.Server.Audit;

/// <summary>One entry of the log as an auditor reads it: who, what, when, with which outcome, from where, and to what (PCI DSS 10.2.2).</summary>
/// <param name="Who">As the log names them, e.g. <c>person/K7...</c>, <c>terminal</c> or <c>server</c>.</param>
/// <param name="Name">The person's name, where it is one.</param>
/// <param name="Outcome"><c>success</c> or <c>failure</c>.</param>
/// <param name="Source">Where it came from.</param>
/// <param name="Of">What it happened to, e.g. <c>terminal/7Q...</c>.</param>
/// <param name="Place">Shard and number in the chain, e.g. <c>2/1041</c>.</param>
internal sealed record AuditRow(
    DateTimeOffset At,
    string Who,
    string? Name,
    string What,
    string Outcome,
    string Source,
    string Of,
    string Place,
    JsonElement Data
);

/// <param name="LookedTo">How far back this answer has looked; what is older comes with <paramref name="Next"/>.</param>
internal sealed record AuditPage(
    IReadOnlyList<AuditRow> Items,
    string? Next,
    DateTimeOffset? LookedTo
);

/// <summary>What is looked for; everything that is given must hold.</summary>
internal sealed record AuditQuery(
    string? Who,
    string? What,
    string? Of,
    string? Source,
    DateTimeOffset? From,
    DateTimeOffset? To
);

/// <summary>
/// Looks through the log from the newest entry back. The log has no index but its order, and that is by time: a span of time is found
/// by halving, the rest is looked at row by row, so many in one answer.
/// </summary>
internal sealed class AuditSearch(Database database)
{
    /// <summary>Rows that one answer looks at.</summary>
    private const int MostLooked = 20_000;
    private const int Chunk = 500;

    private const string Columns =
        "SELECT place, stream, type, at, actor, source, data, previous FROM events";

    private const string One = $"{Columns} WHERE place = @at";

    private sealed record Row(
        long Place,
        string Stream,
        string Type,
        long At,
        string Actor,
        string Source,
        byte[] Data,
        long Previous
    );

    public AuditPage Find(AuditQuery query, Paging page) =>
        database.Read(c =>
        {
            using var snapshot = c.BeginTransaction(deferred: true);
            var cursor = AuditCursor.Parse(page.After) ?? AuditCursor.Newest(c, query.To);
            List<Row> found = [];
            var (looked, last) = (0, (Row?)null);
            foreach (
                var row in query.Of is { } stream
                    ? OfStream(c, stream, cursor)
                    : NewestFirst(c, cursor)
            )
            {
                if (row.At < query.From?.ToUnixTimeMilliseconds())
                {
                    return Answer(c, found, null, row);
                }
                if (found.Count == page.Limit || looked == MostLooked)
                {
                    return Answer(c, found, cursor, last);
                }
                (looked, last) = (looked + 1, row);
                cursor.Pass(row.Place);
                if (Matches(query, row))
                {
                    found.Add(row);
                }
            }
            return Answer(c, found, null, last);
        });

    private static bool Matches(AuditQuery query, Row row) =>
        row.At <= (query.To ?? DateTimeOffset.MaxValue).ToUnixTimeMilliseconds()
        && (query.Who is not { } who || row.Actor == who || row.Actor == $"person/{who}")
        && (query.What is not { } what || row.Type.StartsWith(what, StringComparison.Ordinal))
        && (
            query.Source is not { } source || row.Source.Contains(source, StringComparison.Ordinal)
        );

    /// <summary>The shards together, the newest entry first.</summary>
    private static IEnumerable<Row> NewestFirst(SqliteConnection c, AuditCursor cursor)
    {
        var readers = Enumerable
            .Range(0, Shards.Count)
            .Select(shard => OfShard(c, shard, cursor.Below(shard)).GetEnumerator())
            .ToArray();
        var open = readers.Where(r => r.MoveNext()).ToList();
        while (open.Count > 0)
        {
            var newest = open.MaxBy(r => r.Current.At)!;
            yield return newest.Current;
            if (!newest.MoveNext())
            {
                open.Remove(newest);
            }
        }
    }

    [SuppressMessage(
        "Security",
        "S2077",
        Justification = "What is put into the text are constants."
    )]
    private static IEnumerable<Row> OfShard(SqliteConnection c, int shard, long below)
    {
        var (from, until) = (Shards.PlaceOf(shard, 0), Shards.PlaceOf(shard, below));
        while (true)
        {
            var rows = c.Query<Row>(
                    $"{Columns} WHERE place >= @from AND place < @until ORDER BY place DESC LIMIT {Chunk}",
                    new { from, until }
                )
                .AsList();
            foreach (var row in rows)
            {
                yield return row;
            }
            if (rows.Count < Chunk)
            {
                yield break;
            }
            until = rows[^1].Place;
        }
    }

    /// <summary>One thing alone: each of its entries names the one before it.</summary>
    private static IEnumerable<Row> OfStream(SqliteConnection c, string stream, AuditCursor cursor)
    {
        var place = c.ExecuteScalar<long?>(
            "SELECT last_place FROM streams WHERE stream = @stream",
            new { stream }
        );
        while (place is { } at)
        {
            var shard = Shards.ShardAt(at);
            if (c.QueryFirstOrDefault<Row>(One, new { at }) is not { } row)
            {
                yield break;
            }
            if (Shards.SeqAt(at) < cursor.Below(shard))
            {
                yield return row;
            }
            place = row.Previous > 0 ? Shards.PlaceOf(shard, row.Previous) : null;
        }
    }

    private static AuditPage Answer(
        SqliteConnection c,
        List<Row> found,
        AuditCursor? cursor,
        Row? last
    )
    {
        var people = found
            .Select(r => r.Actor)
            .Where(a => a.StartsWith("person/", StringComparison.Ordinal))
            .Select(a => a["person/".Length..])
            .Distinct(StringComparer.Ordinal)
            .ToArray();
        var names = c.Query<(string Person, string Name)>(
                "SELECT person, min(name) FROM keys WHERE person IN @people GROUP BY person",
                new { people }
            )
            .ToDictionary(n => $"person/{n.Person}", n => n.Name, StringComparer.Ordinal);
        return new AuditPage(
            [
                .. found.Select(r => new AuditRow(
                    Time(r.At),
                    r.Actor,
                    names.GetValueOrDefault(r.Actor),
                    r.Type,
                    IsFailure(r.Type) ? "failure" : "success",
                    r.Source,
                    r.Stream,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{Shards.ShardAt(r.Place)}/{Shards.SeqAt(r.Place)}"
                    ),
                    JsonElement.Parse(r.Data)
                )),
            ],
            cursor?.ToString(),
            last is null ? null : Time(last.At)
        );
    }

    /// <summary>What did not come about is on record too, under a name that says so.</summary>
    private static bool IsFailure(string type) =>
        type.Contains("failed", StringComparison.Ordinal)
        || type.Contains("refused", StringComparison.Ordinal)
        || type.Contains("denied", StringComparison.Ordinal)
        || type.Contains("rejected", StringComparison.Ordinal);

    private static DateTimeOffset Time(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);
}
