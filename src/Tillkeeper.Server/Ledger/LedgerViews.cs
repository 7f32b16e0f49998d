using Dapper;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Orgs;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Storage.Sqlite;

namespace Tillkeeper.Server.Ledger;

/// <summary>A manual record as it is shown.</summary>
/// <param name="Id">Opaque.</param>
/// <param name="AmountMinor">Minor units; below zero for a counter entry.</param>
/// <param name="Operator">The opaque id of whoever wrote it; the name stays at the terminal.</param>
/// <param name="State">One of <see cref="RecordState"/>.</param>
/// <param name="SettlementId">The settlement file with the line that accounts for it.</param>
internal sealed record LedgerRecordView(
    string Id,
    string TerminalId,
    string MerchantId,
    string Book,
    long Number,
    long AmountMinor,
    string Method,
    DateTimeOffset At,
    DateTimeOffset ReportedAt,
    string? Operator,
    bool SignedIn,
    string? Note,
    string? Reference,
    long? Voids,
    string State,
    string? SettlementId,
    long? Line,
    string? Reason
);

/// <summary>Numbers that a terminal has given and that have not come in: records on their way, or held back.</summary>
internal sealed record LedgerGap
{
    public string TerminalId { get; init; } = "";
    public string Book { get; init; } = "";
    public long From { get; init; }
    public long To { get; init; }
}

/// <summary>Which records: of a terminal, of a merchant, of a time, in a state.</summary>
internal sealed record LedgerFilter(
    string? Terminal,
    string? Merchant,
    DateTimeOffset? From,
    DateTimeOffset? To,
    string? State
);

/// <summary>Reads manual records for somebody; what is outside the subtree does not exist.</summary>
internal sealed class LedgerViews(Database database)
{
    private const int MostGaps = 200;

    private const string OnePage = $"""
        SELECT * FROM ({LedgerRow.Columns}) WHERE place >= @From AND place < @To
        AND (@terminal IS NULL OR terminal = @terminal) AND (@merchant IS NULL OR merchant = @merchant)
        AND (@since IS NULL OR at >= @since) AND (@until IS NULL OR at < @until) AND (@state IS NULL OR state = @state)
        AND (@After = '' OR (at, id) > (SELECT at, id FROM manual_records WHERE id = @After))
        ORDER BY at, id LIMIT @Most
        """;

    /// <summary>Numbers begin at 1: what is missing before a record is missing, whether or not one came in earlier.</summary>
    private const string Missing = """
        SELECT terminal AS TerminalId, book AS Book, before + 1 AS "From", number - 1 AS "To" FROM (
          SELECT terminal, book, number, coalesce(lag(number) OVER (PARTITION BY terminal, book ORDER BY number), 0) AS before
          FROM manual_records WHERE place >= @From AND place < @To
          AND (@terminal IS NULL OR terminal = @terminal) AND (@merchant IS NULL OR merchant = @merchant)
        ) WHERE number > before + 1 ORDER BY terminal, book, number LIMIT @most
        """;

    /// <summary>Oldest first, as books are kept.</summary>
    public Page<LedgerRecordView> List(Person person, Paging page, LedgerFilter filter)
    {
        var range = Subtree.Of(person, page);
        var rows = database.Read(c =>
            c.Query<LedgerRow>(
                    OnePage,
                    new
                    {
                        range.From,
                        range.To,
                        range.After,
                        range.Most,
                        terminal = filter.Terminal,
                        merchant = filter.Merchant,
                        since = filter.From?.ToUnixTimeMilliseconds(),
                        until = filter.To?.ToUnixTimeMilliseconds(),
                        state = filter.State,
                    }
                )
                .AsList()
        );
        return page.Cut([.. rows.Select(r => r.ToView())], r => r.Id);
    }

    public LedgerRecordView? Find(string id, Person person) =>
        database.Read(c =>
            c.QuerySingleOrDefault<LedgerRow>(
                $"SELECT * FROM ({LedgerRow.Columns}) WHERE id = @id",
                new { id }
            )
        )
            is { } row
        && person.Sees(row.Place)
            ? row.ToView()
            : null;

    public IReadOnlyList<LedgerGap> Gaps(Person person, string? terminal, string? merchant) =>
        database.Read(c =>
            c.Query<LedgerGap>(
                    Missing,
                    new
                    {
                        From = person.Place,
                        To = person.Place + "\uFFFF",
                        terminal,
                        merchant,
                        most = MostGaps,
                    }
                )
                .AsList()
        );
}
