using Dapper;
using Tillkeeper.Core;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.Environments;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Locks;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Storage.Sqlite;

namespace Tillkeeper.Server.Terminals;

/// <summary>Looking at terminals: what they are, whether they may trade, what happened to them; and revoking one.</summary>
internal static class TerminalEndpoints
{
    internal sealed record RevokeBody(string? Reason);

    internal sealed record VerdictView(bool Allow, IReadOnlyList<LockView> Locks);

    public static void MapTerminals(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/v1/terminals", TerminalList.Get).Needs(Right.Look);
        app.MapGet("/api/v1/terminals/{id}", Show).Needs(Right.Look);
        app.MapBySerial();
        app.MapGet("/api/v1/terminals/{id}/verdict", VerdictOf).Needs(Right.Look);
        app.MapGet("/api/v1/terminals/{id}/alternatives", Alternatives.List).Needs(Right.Look);
        app.MapGet("/api/v1/verdict", VerdictByBinding).Needs(Right.Look);
        app.MapGet("/api/v1/terminals/{id}/events", Events).Needs(Right.Look);
        app.MapPost("/api/v1/terminals/{id}/revoke", Revoke).Needs(Right.RevokeTerminals);
    }

    private static IResult Show(
        string id,
        Person person,
        TerminalAccess access,
        Presence presence,
        LockViews locks,
        WhereaboutsViews whereabouts,
        HttpRequest request
    ) =>
        access.Find(id, person) is { } state
            ? Results.Json(
                TerminalView.Of(
                    state,
                    presence,
                    locks.Of(state, state.ActiveLocks, request, explained: true),
                    whereabouts.Of(id, request)
                )
            )
            : Problems.Of(Refusal.NotFound("terminal"));

    private static IResult VerdictOf(
        string id,
        Person person,
        TerminalAccess access,
        LockViews locks,
        HttpRequest request,
        string? capability = null
    ) => Judge(access.Find(id, person), capability, locks, request);

    private static IResult VerdictByBinding(
        Person person,
        TerminalAccess access,
        Database database,
        LockViews locks,
        HttpRequest request,
        string? acquirer = null,
        string? tid = null,
        string? capability = null
    )
    {
        var id = database.Read(c =>
            c.ExecuteScalar<string>(
                "SELECT terminal FROM bindings WHERE acquirer = @acquirer AND tid = @tid",
                new { acquirer, tid }
            )
        );
        return Judge(id is null ? null : access.Find(id, person), capability, locks, request);
    }

    private static IResult Judge(
        TerminalState? state,
        string? capability,
        LockViews locks,
        HttpRequest request
    )
    {
        if (state is null)
        {
            return Problems.Of(Refusal.NotFound("terminal"));
        }
        if (!Words.TryParse<Capability>(capability, out var asked))
        {
            return Problems.Of(
                Refusal.Invalid("capability", $"Use one of: {Words.All<Capability>()}.")
            );
        }
        var verdict = Verdict.Of(state.ActiveLocks, asked);
        return Results.Json(
            new VerdictView(verdict.Allow, locks.Of(state, verdict.Locks, request))
        );
    }

    private static IResult Events(
        string id,
        Person person,
        Paging page,
        TerminalAccess access,
        TerminalHistory history,
        string? order = null
    )
    {
        if (access.Find(id, person) is null)
        {
            return Problems.Of(Refusal.NotFound("terminal"));
        }
        if (order is not (null or "asc" or "desc"))
        {
            return Problems.Of(Refusal.Invalid("order", "Use asc or desc."));
        }
        return page.Refusal.Or(() =>
            Results.Json(
                order == "desc"
                    ? history.ReadBack(id, page, person.SeesInside)
                    : history.Read(id, page, person.SeesInside)
            )
        );
    }

    private static async Task<IResult> Revoke(
        string id,
        RevokeBody body,
        Person person,
        Appender appender
    )
    {
        var refusal = await appender.Run(
            person.Act,
            work =>
            {
                if (TerminalAccess.Find(work, id, person) is null)
                {
                    return Refusal.NotFound("terminal");
                }
                return work.DecideOn(
                    id,
                    new RevokeTerminal(body.Reason ?? ""),
                    () => Check.Text(body.Reason, "reason")
                );
            }
        );
        return refusal.Or(() => Results.NoContent());
    }
}
