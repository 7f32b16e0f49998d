using Dapper;
using Tillkeeper.Core;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Orgs;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Storage.Sqlite;

namespace Tillkeeper.Server.Terminals;

/// <summary>
/// <c>GET /api/v1/terminals</c>: one page of the fleet. Every way of narrowing it down has an index, so that a page of a million terminals
/// costs what a page of a hundred does.
/// </summary>
internal static class TerminalList
{
    private const int LongestSearch = 60;

    /// <param name="Merchant">The merchant's name.</param>
    /// <param name="Locks">Causes of the locks that stand, each once.</param>
    internal sealed record TerminalRow(
        string Id,
        string Serial,
        string MerchantId,
        string Model,
        string Version,
        string Merchant = "",
        bool Online = false,
        DateTimeOffset? LastSeenAt = null,
        IReadOnlyList<string>? Locks = null
    );

    internal sealed record Filter
    {
        public string? Merchant { get; init; }

        /// <summary>Beginning of a serial or of a merchant's name, a terminal number, or an id.</summary>
        public string? Q { get; init; }
        public string? Model { get; init; }
        public string? Version { get; init; }

        /// <summary>Only those that a lock of this cause holds.</summary>
        public string? Cause { get; init; }

        /// <summary>Only those that anything holds, or nothing.</summary>
        public bool? Locked { get; init; }

        /// <summary><c>id</c> or <c>serial</c>, with <c>-</c> before it the other way round.</summary>
        public string? Sort { get; init; }

        public Refusal? Check() =>
            this switch
            {
                { Q.Length: > LongestSearch } => Refusal.Invalid(
                    "q",
                    $"Use at most {LongestSearch} characters."
                ),
                { Cause: { } cause } when !Words.TryParse<Cause>(cause, out _) => Refusal.Invalid(
                    "cause",
                    $"Use one of: {Words.All<Cause>()}."
                ),
                { Sort: not (null or "id" or "-id" or "serial" or "-serial") } => Refusal.Invalid(
                    "sort",
                    "Use id or serial, with - before it for the other way round."
                ),
                _ => null,
            };

        /// <summary>The clauses that are needed and no others: each is served by an index.</summary>
        public string Where =>
            string.Concat(
                Merchant is null ? "" : " AND t.merchant = @Merchant",
                Model is null ? "" : " AND t.model = @Model",
                Version is null ? "" : " AND t.version = @Version",
                Cause is null
                    ? ""
                    : " AND t.id IN (SELECT terminal FROM lock_spans WHERE ended_at IS NULL AND cause = @Cause)",
                Locked switch
                {
                    true => " AND t.id IN (SELECT terminal FROM lock_spans WHERE ended_at IS NULL)",
                    false =>
                        " AND NOT EXISTS (SELECT 1 FROM lock_spans s WHERE s.terminal = t.id AND s.ended_at IS NULL)",
                    null => "",
                },
                string.IsNullOrWhiteSpace(Q) ? "" : Found
            );

        private const string Found = """
             AND t.id IN (
              SELECT id FROM terminals WHERE serial >= @Prefix AND serial < @Beyond
              UNION SELECT @Prefix UNION SELECT terminal FROM bindings WHERE tid = @Prefix
              UNION SELECT x.id FROM merchants m JOIN terminals x ON x.merchant = m.id WHERE m.name >= @Prefix AND m.name < @Beyond)
            """;
    }

    private sealed record Row(
        string Id,
        string Serial,
        string MerchantId,
        string Model,
        string Version,
        string? Merchant
    );

    private sealed record Held(string Terminal, string Cause);

    public static IResult Get(
        Person person,
        Paging page,
        Database database,
        Presence presence,
        [AsParameters] Filter filter
    ) =>
        (page.Refusal ?? filter.Check()).Or(() =>
        {
            var key =
                filter.Sort?.EndsWith("serial", StringComparison.Ordinal) == true ? "serial" : "id";
            var back = filter.Sort?.StartsWith('-') == true;
            var range = Subtree.Of(person, page);
            var prefix = filter.Q?.Trim() ?? "";
            var rows = database.Read(c =>
                Rows(
                    c,
                    $"""
                    SELECT t.id, t.serial, t.merchant AS merchantId, t.model, t.version, m.name AS merchant
                    FROM terminals t LEFT JOIN merchants m ON m.id = t.merchant
                    WHERE t.place >= @From AND t.place < @To AND (@After = '' OR t.{key} {(
                        back ? '<' : '>'
                    )} @After){filter.Where}
                    ORDER BY t.{key} {(back ? "DESC" : "")} LIMIT @Most
                    """,
                    new
                    {
                        range.From,
                        range.To,
                        range.After,
                        range.Most,
                        filter.Merchant,
                        filter.Model,
                        filter.Version,
                        filter.Cause,
                        Prefix = prefix,
                        Beyond = prefix + "\uFFFF",
                    },
                    presence
                )
            );
            return Results.Json(page.Cut(rows, r => key == "serial" ? r.Serial : r.Id));
        });

    private static List<TerminalRow> Rows(
        Microsoft.Data.Sqlite.SqliteConnection connection,
        string sql,
        object values,
        Presence presence
    )
    {
        var rows = connection.Query<Row>(sql, values).AsList();
        var held = connection
            .Query<Held>(
                "SELECT DISTINCT terminal, cause FROM lock_spans WHERE ended_at IS NULL AND terminal IN @ids",
                new { ids = rows.Select(r => r.Id) }
            )
            .ToLookup(h => h.Terminal, h => h.Cause, StringComparer.Ordinal);
        return
        [
            .. rows.Select(r =>
            {
                var (online, lastSeenAt) = presence.Of(r.Id);
                return new TerminalRow(
                    r.Id,
                    r.Serial,
                    r.MerchantId,
                    r.Model,
                    r.Version,
                    r.Merchant ?? "",
                    online,
                    lastSeenAt,
                    [.. held[r.Id].Order(StringComparer.Ordinal)]
                );
            }),
        ];
    }
}
