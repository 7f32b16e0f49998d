using System.Diagnostics.CodeAnalysis;
using Dapper;
using Microsoft.Data.Sqlite;
using Tillkeeper.Core;
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
    /// <param name="Merchant">The merchant's name.</param>
    /// <param name="Locks">Causes of the locks that stand, each once.</param>
    /// <param name="Revoked">Its certificate is refused.</param>
    internal sealed record TerminalRow(
        string Id,
        string Serial,
        string MerchantId,
        string Model,
        string Version,
        string Merchant = "",
        bool Online = false,
        DateTimeOffset? LastSeenAt = null,
        IReadOnlyList<string>? Locks = null,
        bool Revoked = false
    );

    [SuppressMessage("Major Code Smell", "S1144", Justification = "Dapper sets them.")]
    private sealed record Row
    {
        public string Id { get; init; } = "";
        public string Serial { get; init; } = "";
        public string MerchantId { get; init; } = "";
        public string Model { get; init; } = "";
        public string Version { get; init; } = "";
        public string? Merchant { get; init; }
        public bool Revoked { get; init; }
    }

    private sealed record Held(string Terminal, string Cause);

    public static IResult Get(
        Person person,
        Paging page,
        Database database,
        Presence presence,
        TimeProvider time,
        [AsParameters] TerminalFilter filter
    ) =>
        (page.Refusal ?? filter.Check()).Or(() =>
        {
            if (PlaceOf(database, filter.Org, person) is not { } place)
            {
                return Problems.Of(Refusal.NotFound("org"));
            }
            var order = TerminalOrder.Of(filter.Sort);
            var range = Subtree.Of(place, page);
            var (id, value) = order.Read(page.After);
            var prefix = filter.Q?.Trim() ?? "";
            var rows = database.Read(c =>
                Rows(
                    c,
                    Sql(place, filter, order, page.After),
                    new
                    {
                        range.From,
                        range.To,
                        range.Most,
                        filter.Merchant,
                        filter.Model,
                        filter.Version,
                        filter.Cause,
                        filter.Causes,
                        Now = time.GetUtcNow().ToUnixTimeMilliseconds(),
                        Id = id,
                        Value = value,
                        Prefix = prefix,
                        Beyond = prefix + "\uFFFF",
                    },
                    presence
                )
            );
            return Results.Json(page.Cut(rows, order.CursorOf));
        });

    /// <summary>One page. At the root every place is within, and no index over places is to lead away from the order.</summary>
    internal static string Sql(
        string place,
        TerminalFilter filter,
        TerminalOrder order,
        string after
    ) =>
        $"""
            SELECT t.id, t.serial, t.merchant AS merchantId, t.model, t.version, m.name AS merchant,
              EXISTS (SELECT 1 FROM revoked_terminals r WHERE r.terminal = t.id) AS revoked
            FROM terminals t LEFT JOIN merchants m ON m.id = t.merchant
            WHERE {(place == Person.Root ? "1" : "t.place >= @From AND t.place < @To")}{order.From(
                after
            )}{filter.Where}
            ORDER BY {order.By} LIMIT @Most
            """;

    private static string? PlaceOf(Database database, string? org, Person person)
    {
        if (org is null)
        {
            return person.Place;
        }
        var place = database.Read(c =>
            c.ExecuteScalar<string?>("SELECT place FROM orgs WHERE id = @org", new { org })
        );
        return place is not null && person.Sees(place) ? place : null;
    }

    private static List<TerminalRow> Rows(
        SqliteConnection connection,
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
                    online && !r.Revoked,
                    lastSeenAt,
                    [.. held[r.Id].Order(StringComparer.Ordinal)],
                    r.Revoked
                );
            }),
        ];
    }
}
