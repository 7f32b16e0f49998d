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
        DateTimeOffset? ExpectedEnd,
        string? Number,
        DateTimeOffset? Due,
        bool Overdue,
        string? Assignee
    );

    private const string Columns =
        "SELECT c.id, c.status, c.terminal, c.lock_id, c.cause, c.way_out, c.opened_at, f.number, f.due, coalesce(f.overdue, 0), f.assignee FROM cases c LEFT JOIN case_facts f ON f.id = c.id";

    private const string OnePage =
        "c.place >= @From AND c.place < @To AND c.id > @After ORDER BY c.id LIMIT @Most";

    private const string AllCases = $"{Columns} WHERE {OnePage}";

    private const string InState = $"{Columns} WHERE c.status = @state AND {OnePage}";

    private const string Narrowed =
        $"{Columns} WHERE (@state IS NULL OR c.status = @state) AND (@number IS NULL OR f.number = @number) AND (@overdue IS NULL OR (f.overdue = @overdue AND c.status IN ('open', 'approved'))) AND (@assignee IS NULL OR f.assignee = @assignee) AND {OnePage}";

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
        string? state = null,
        string? number = null,
        bool? overdue = null,
        string? assignee = null
    )
    {
        if (state is not null && !Words.TryParse<CaseStatus>(state, out _))
        {
            return Problems.Of(Refusal.Invalid("state", $"Use one of: {Words.All<CaseStatus>()}."));
        }
        var read = CaseNumber.Read(number);
        if (number is not null && read is null)
        {
            return Problems.Of(
                Refusal.Invalid("number", "This is no number of a case; have it read out again.")
            );
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
                    long OpenedAt,
                    string? Number,
                    long? Due,
                    bool Overdue,
                    string? Assignee
                )>(
                        Query(state, number ?? assignee, overdue),
                        new
                        {
                            state,
                            number = read,
                            overdue,
                            assignee,
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
                        EndOf(states, r.TerminalId, r.LockId),
                        r.Number,
                        r.Due is { } due ? DateTimeOffset.FromUnixTimeMilliseconds(due) : null,
                        r.Overdue,
                        r.Assignee
                    ))
                    .ToList()
            );
            return Results.Json(page.Cut(rows, r => r.Id));
        });
    }

    /// <summary>The plain questions are asked all day; an index serves them.</summary>
    private static string Query(string? state, string? narrowed, bool? overdue)
    {
        if (narrowed is not null || overdue is not null)
        {
            return Narrowed;
        }
        return state is null ? AllCases : InState;
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
