using Dapper;
using Tillkeeper.Core;
using Tillkeeper.Core.Cases;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Orgs;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Storage.Sqlite;
using Tillkeeper.Server.Terminals;

namespace Tillkeeper.Server.Cases;

/// <summary><c>GET /api/v1/cases</c> and <c>GET /api/v1/cases/{id}</c>.</summary>
internal static class Looking
{
    /// <param name="ExpectedEnd">Of the lock, while it stands and somebody named one.</param>
    internal sealed record CaseRow(
        string Id,
        string State,
        string TerminalId,
        string LockId,
        string Cause,
        string WayOut,
        DateTimeOffset OpenedAt,
        DateTimeOffset? ExpectedEnd
    );

    private const string Columns =
        "SELECT id, status, terminal, lock_id, cause, way_out, opened_at FROM cases";

    private const string OnePage =
        "place >= @From AND place < @To AND id > @After ORDER BY id LIMIT @Most";

    private const string AllCases = $"{Columns} WHERE {OnePage}";

    private const string InState = $"{Columns} WHERE status = @state AND {OnePage}";

    public static void MapLooking(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/v1/cases", List).Needs(Right.Look);
        app.MapGet("/api/v1/cases/{id}", Show).Needs(Right.Look);
    }

    private static IResult List(
        Person person,
        Paging page,
        Database database,
        States states,
        string? state = null
    )
    {
        if (state is not null && !Words.TryParse<CaseStatus>(state, out _))
        {
            return Problems.Of(Refusal.Invalid("state", $"Use one of: {Words.All<CaseStatus>()}."));
        }
        return page.Refusal.Or(() =>
        {
            var range = Subtree.Of(person, page);
            var rows = database.Read(c =>
                c.Query<(
                    string Id,
                    string State,
                    string TerminalId,
                    string LockId,
                    string Cause,
                    string WayOut,
                    long OpenedAt
                )>(
                        state is null ? AllCases : InState,
                        new
                        {
                            state,
                            range.From,
                            range.To,
                            range.After,
                            range.Most,
                        }
                    )
                    .Select(r => new CaseRow(
                        r.Id,
                        r.State,
                        r.TerminalId,
                        r.LockId,
                        r.Cause,
                        r.WayOut,
                        DateTimeOffset.FromUnixTimeMilliseconds(r.OpenedAt),
                        EndOf(states, r.TerminalId, r.LockId)
                    ))
                    .ToList()
            );
            return Results.Json(page.Cut(rows, r => r.Id));
        });
    }

    private static DateTimeOffset? EndOf(States states, string terminal, string lockId) =>
        states
            .Find(TerminalStreams.Kind, terminal)
            ?.Locks.GetValueOrDefault(lockId)
            ?.Lock.ExpectedEnd;

    private static IResult Show(string id, Person person, CaseAccess access, CaseViews views) =>
        access.Find(id, person) is { } state
            ? Results.Json(views.Of(state, person))
            : Problems.Of(Refusal.NotFound("case"));
}
