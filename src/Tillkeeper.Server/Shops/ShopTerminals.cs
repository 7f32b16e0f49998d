using Dapper;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Locks;
using Tillkeeper.Server.Orgs;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Storage.Sqlite;
using Tillkeeper.Server.Terminals;

namespace Tillkeeper.Server.Shops;

/// <summary>A terminal as its owner sees it in a list.</summary>
/// <param name="LastSeenAt">Null when it was never connected.</param>
internal sealed record ShopTerminal(
    string Id,
    string Serial,
    string Model,
    string? Store,
    bool Enrolled,
    bool Revoked,
    bool Online,
    DateTimeOffset? LastSeenAt,
    IReadOnlyList<LockView> Locks,
    PendingView Pending
);

/// <summary>The terminals of an owner: those that are locked first, the gravest before the rest.</summary>
internal sealed class ShopTerminals(
    Database database,
    States states,
    Presence presence,
    LockViews locks
)
{
    /// <summary>The gravest lock of each terminal as a number, 0 for none; the cursor is that number and the id.</summary>
    private static readonly string OnePage = $"""
        SELECT id, grave FROM (
          SELECT t.id, coalesce((SELECT max({Grave}) FROM lock_spans s WHERE s.terminal = t.id AND s.ended_at IS NULL), 0) AS grave
          FROM terminals t WHERE t.place >= @From AND t.place < @To
          AND (@q = '' OR instr(lower(t.serial), lower(@q)) > 0 OR instr(lower(t.model), lower(@q)) > 0
            OR EXISTS (SELECT 1 FROM bindings b WHERE b.terminal = t.id AND b.tid = @q)
            OR EXISTS (SELECT 1 FROM terminal_stores p WHERE p.terminal = t.id AND instr(lower(p.store), lower(@q)) > 0))
        ) WHERE @cursor = '' OR grave < @grave OR (grave = @grave AND id > @cursor)
        ORDER BY grave DESC, id LIMIT @Most
        """;

    private static string Grave =>
        "CASE s.cause "
        + string.Join(
            ' ',
            Enum.GetValues<Cause>()
                .Select(c => $"WHEN '{Words.Of(c)}' THEN {(int)LockTable.Of(c).Severity + 1}")
        )
        + " ELSE 1 END";

    public Page<ShopTerminal> WorstFirst(Person person, Paging page, string q, HttpRequest request)
    {
        var (grave, cursor) = Read(page.After);
        var range = Subtree.Of(person, page);
        var rows = database.Read(c =>
            c.Query<(string Id, long Grave)>(
                    OnePage,
                    new
                    {
                        range.From,
                        range.To,
                        range.Most,
                        q,
                        grave,
                        cursor,
                    }
                )
                .AsList()
        );
        var ids = page.Cut(rows, r => $"{r.Grave}-{r.Id}");
        return new Page<ShopTerminal>(
            [
                .. ids
                    .Items.Select(r => states.Find(TerminalStreams.Kind, r.Id))
                    .OfType<TerminalState>()
                    .Select(s => View(s, request)),
            ],
            ids.Next
        );
    }

    private static (int Grave, string Id) Read(string after) =>
        after is [>= '0' and <= '9' and var grave, '-', .. var id] ? (grave - '0', id) : (0, "");

    private ShopTerminal View(TerminalState state, HttpRequest request)
    {
        var (online, lastSeenAt) = presence.Of(state.Id);
        return new ShopTerminal(
            state.Id,
            state.Serial,
            state.Profile!.Model,
            state.Profile.Store,
            state.IsEnrolled,
            state.Revoked,
            online && !state.Revoked,
            lastSeenAt,
            locks.Of(state, state.ActiveLocks, request),
            new PendingView(
                state.OpenOrders.Count,
                state.OpenOrders.IsEmpty ? null : state.OpenOrders[0].IssuedAt
            )
        );
    }
}
