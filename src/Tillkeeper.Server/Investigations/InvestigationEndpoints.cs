using Tillkeeper.Core;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Investigations;

/// <summary><c>/api/v1/investigations</c>: what happened, why, and what changes (W8).</summary>
internal static class InvestigationEndpoints
{
    internal sealed record LockBody(string? TerminalId, string? LockId);

    internal sealed record OpenBody(
        IReadOnlyList<LockBody?>? Locks,
        string? TerminalId,
        string? LockId,
        string? BatchId,
        string? Summary
    );

    public static IServiceCollection AddInvestigations(this IServiceCollection services) =>
        services
            .AddSingleton<InvestigationViews>()
            .AddSingleton<ITimerHandler, InvestigationClock>();

    public static void MapInvestigations(this IEndpointRouteBuilder app)
    {
        app.MapPost("/api/v1/investigations", Open).Needs(Right.Investigate);
        app.MapGet("/api/v1/investigations", List).Needs(Right.SeeInvestigations);
        app.MapGet("/api/v1/investigations/{id}", Show).Needs(Right.SeeInvestigations);
        app.MapInvestigationSteps();
    }

    private static async Task<IResult> Open(OpenBody body, Person person, Appender appender)
    {
        var id = Ids.New();
        var refusal = await appender.Run(
            person.Act,
            work =>
            {
                var (named, unclear) = Named(body);
                if (unclear is not null)
                {
                    return unclear;
                }
                var (locks, place, missing) = InvestigationSubject.Find(
                    work,
                    named,
                    body.BatchId,
                    person
                );
                if ((missing ?? Check.Text(body.Summary, "summary")) is { } problem)
                {
                    return problem;
                }
                InvestigationOpened opened = new(
                    id,
                    place,
                    locks,
                    body.Summary!.Trim(),
                    person.Id,
                    work.Now,
                    body.BatchId
                );
                work.Append(InvestigationStreams.Kind, id, id, [opened]);
                return null;
            }
        );
        return refusal.Or(() => Results.Json(new { id }, statusCode: 201));
    }

    private static (IReadOnlyList<LockRef> Locks, Refusal? Refusal) Named(OpenBody body)
    {
        if (body.BatchId is not null)
        {
            return body.Locks is null && body.LockId is null
                ? ([], null)
                : ([], Refusal.Invalid("batchId", "Name a batch or locks, not both."));
        }
        var locks = body.Locks ?? [new LockBody(body.TerminalId, body.LockId)];
        if (locks.Count is 0 or > InvestigationSubject.MostLocks)
        {
            return (
                [],
                Refusal.Invalid("locks", $"Name 1 to {InvestigationSubject.MostLocks} locks.")
            );
        }
        return locks.Any(l => l is not { TerminalId: not null, LockId: not null })
            ? ([], Refusal.Invalid("locks", "Name the terminal and the lock of each, or a batch."))
            : ([.. locks.Select(l => new LockRef(l!.TerminalId!, l.LockId!))], null);
    }

    private static IResult List(
        Person person,
        Paging page,
        InvestigationViews views,
        string? state = null
    ) =>
        state is null or "open" or "closed"
            ? page.Refusal.Or(() => Results.Json(views.List(person, page, state)))
            : Problems.Of(Refusal.Invalid("state", "Use one of: open, closed."));

    private static IResult Show(string id, Person person, InvestigationViews views) =>
        views.Find(id, person) is { } found
            ? Results.Json(found)
            : Problems.Of(Refusal.NotFound("investigation"));
}
