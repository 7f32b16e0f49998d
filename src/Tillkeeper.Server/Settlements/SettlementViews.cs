using System.Globalization;
using System.Text.Json;
using Dapper;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Orgs;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Storage.Sqlite;

namespace Tillkeeper.Server.Settlements;

/// <summary>A settlement file as it is shown.</summary>
/// <param name="Lines">Lines that tell of a payment.</param>
/// <param name="Unmatched">Payments that nobody wrote down, or whose record has not come in.</param>
internal sealed record SettlementView(
    string Id,
    string MerchantId,
    string Acquirer,
    string Name,
    DateTimeOffset Since,
    DateTimeOffset Until,
    DateTimeOffset ImportedAt,
    long Lines,
    long Matched,
    long Duplicates,
    long Unmatched
);

/// <param name="RecordId">The manual record it accounts for.</param>
internal sealed record SettlementLineView(
    long Line,
    DateTimeOffset At,
    long AmountMinor,
    string? Reference,
    bool Duplicate,
    string? RecordId
);

/// <summary>Reads settlements for somebody; what is outside the subtree does not exist.</summary>
internal sealed class SettlementViews(Database database)
{
    private const string Columns = """
        SELECT s.id, s.merchant, s.place, s.acquirer, s.name, s.since, s.until, s.at, s.lines,
          (SELECT count(*) FROM settlement_lines l WHERE l.settlement = s.id AND l.record IS NOT NULL) AS matched,
          (SELECT count(*) FROM settlement_lines l WHERE l.settlement = s.id AND l.duplicate = 1) AS duplicates
        FROM settlements s
        """;

    internal sealed record Row
    {
        public string Id { get; init; } = "";
        public string Merchant { get; init; } = "";
        public string Place { get; init; } = "";
        public string Acquirer { get; init; } = "";
        public string Name { get; init; } = "";
        public long Since { get; init; }
        public long Until { get; init; }
        public long At { get; init; }
        public long Lines { get; init; }
        public long Matched { get; init; }
        public long Duplicates { get; init; }

        public SettlementView ToView() =>
            new(
                Id,
                Merchant,
                Acquirer,
                Name,
                DateTimeOffset.FromUnixTimeMilliseconds(Since),
                DateTimeOffset.FromUnixTimeMilliseconds(Until),
                DateTimeOffset.FromUnixTimeMilliseconds(At),
                Lines,
                Matched,
                Duplicates,
                Lines - Matched - Duplicates
            );
    }

    internal sealed record LineRow(
        long Line,
        long At,
        long Amount,
        string Reference,
        long Duplicate,
        string? Record
    );

    public Page<SettlementView> List(Person person, Paging page, string? merchant)
    {
        var range = Subtree.Of(person, page);
        var rows = database.Read(c =>
            c.Query<Row>(
                    $"SELECT * FROM ({Columns}) WHERE place >= @From AND place < @To AND id > @After AND (@merchant IS NULL OR merchant = @merchant) ORDER BY id LIMIT @Most",
                    new
                    {
                        range.From,
                        range.To,
                        range.After,
                        range.Most,
                        merchant,
                    }
                )
                .AsList()
        );
        return page.Cut([.. rows.Select(r => r.ToView())], r => r.Id);
    }

    public SettlementView? Find(string id, Person person) =>
        database.Read(c => c.QuerySingleOrDefault<Row>($"{Columns} WHERE s.id = @id", new { id }))
            is { } row
        && person.Sees(row.Place)
            ? row.ToView()
            : null;

    /// <summary>In the order of the file; <paramref name="page"/>'s <c>after</c> is the last line's number.</summary>
    public Page<SettlementLineView> Lines(string id, Paging page, bool unmatched)
    {
        _ = int.TryParse(
            page.After,
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var after
        );
        var rows = database.Read(c =>
            c.Query<LineRow>(
                    "SELECT line, at, amount, reference, duplicate, record FROM settlement_lines WHERE settlement = @id AND line > @after AND (@unmatched = 0 OR (record IS NULL AND duplicate = 0)) ORDER BY line LIMIT @most",
                    new
                    {
                        id,
                        after,
                        unmatched = unmatched ? 1 : 0,
                        most = page.Limit + 1,
                    }
                )
                .AsList()
        );
        return page.Cut(
            [
                .. rows.Select(r => new SettlementLineView(
                    r.Line,
                    DateTimeOffset.FromUnixTimeMilliseconds(r.At),
                    r.Amount,
                    r.Reference.Length == 0 ? null : r.Reference,
                    r.Duplicate != 0,
                    r.Record
                )),
            ],
            l => l.Line.ToString(CultureInfo.InvariantCulture)
        );
    }

    /// <summary>How this acquirer's files are read; null when nobody has said.</summary>
    public SettlementMapping? Mapping(string acquirer) =>
        database.Read(c =>
            c.ExecuteScalar<string>(
                "SELECT mapping FROM settlement_mappings WHERE acquirer = @acquirer",
                new { acquirer }
            )
        )
            is { } json
            ? JsonSerializer.Deserialize(json, SettlementJson.Default.SettlementMapping)
            : null;
}
