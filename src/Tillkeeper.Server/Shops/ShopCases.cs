using Dapper;
using Tillkeeper.Core.Cases;
using Tillkeeper.Core.Locks;
using Tillkeeper.Server.Cases;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Orgs;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Storage.Sqlite;
using Tillkeeper.Server.Terminals;

namespace Tillkeeper.Server.Shops;

/// <summary>A case as its shop sees it in a list.</summary>
internal sealed record ShopCase(
    string Id,
    string? Number,
    CaseStatus State,
    string TerminalId,
    string? Serial,
    string LockId,
    string Code,
    Cause Cause,
    WayOut WayOut,
    DateTimeOffset OpenedAt,
    DateTimeOffset? Due
);

/// <summary>The cases of an owner, the newest first.</summary>
internal sealed class ShopCases(Database database, States states)
{
    private const string OnePage = """
        SELECT id FROM cases WHERE place >= @From AND place < @To AND (@terminal IS NULL OR terminal = @terminal)
        AND (@After = '' OR (opened_at, id) < (SELECT opened_at, id FROM cases WHERE id = @After))
        ORDER BY opened_at DESC, id DESC LIMIT @Most
        """;

    public Page<ShopCase> Of(Person person, Paging page, string? terminal)
    {
        DynamicParameters parameters = new(Subtree.Of(person, page));
        parameters.Add("terminal", terminal);
        var ids = database.Read(c => c.Query<string>(OnePage, parameters).AsList());
        return page.Cut(
            [
                .. ids.Select(id => states.Find(CaseStreams.Kind, id))
                    .OfType<CaseState>()
                    .Select(View),
            ],
            c => c.Id
        );
    }

    private ShopCase View(CaseState state) =>
        new(
            state.Id,
            state.Number,
            state.Status,
            state.Terminal,
            states.Find(TerminalStreams.Kind, state.Terminal)?.Serial,
            state.LockId,
            LockTable.Of(state.Cause).Code,
            state.Cause,
            state.WayOut,
            state.OpenedAt,
            state.Due
        );
}
