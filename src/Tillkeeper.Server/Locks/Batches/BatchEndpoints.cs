using Tillkeeper.Core;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Terminals;

namespace Tillkeeper.Server.Locks.Batches;

/// <summary>One lock for many terminals, by selector: counted first with <c>?preview=true</c>, followed up by its batch.</summary>
internal static class BatchEndpoints
{
    internal sealed record BatchBody(
        TerminalSelector? Selector,
        string? Cause,
        IReadOnlyList<string>? Scope,
        string? Reason,
        string? Message,
        DateTimeOffset? ExpectedEnd,
        DateTimeOffset? At = null,
        bool SecondPerson = false
    )
    {
        public LockBody Lock => new(Cause, Scope, Reason, Message, ExpectedEnd, At, SecondPerson);
    }

    internal sealed record ReasonBody(string? Reason);

    public static void MapBatches(this IEndpointRouteBuilder app)
    {
        app.MapPost("/api/v1/locks", Create).Needs(Right.OrderLocks);
        app.MapGet("/api/v1/locks/batches/{id}", Show).Needs(Right.Look);
        app.MapPost("/api/v1/locks/batches/{id}/approve", Approve).Needs(Right.OrderLocks);
        app.MapPost("/api/v1/locks/batches/{id}/release", Release).Needs(Right.ReleaseLocks);
        app.MapGet("/api/v1/locks/scheduled", List).Needs(Right.Look);
        app.MapDelete("/api/v1/locks/scheduled/{id}", Cancel).Needs(Right.OrderLocks);
    }

    /// <summary>What was asked for: accepted, or recorded until a second person agrees.</summary>
    public static IResult Answer(AskedBatch asked, DateTimeOffset? at, bool wanted) =>
        asked.Status == LockBatchStatus.AwaitingApproval && !wanted
            ? Problems.Of(
                LockBatches.SecondPerson with
                {
                    Detail =
                        $"Beyond what one person may lock in an hour: recorded as batch {asked.Id}; a second person must approve it.",
                },
                ("batchId", asked.Id),
                ("terminals", asked.Terminals)
            )
            : Results.Json(
                new
                {
                    batchId = asked.Id,
                    terminals = asked.Terminals,
                    status = asked.Status,
                    at,
                },
                statusCode: 202
            );

    private static async Task<IResult> Create(
        BatchBody body,
        Person person,
        Appender appender,
        LockBatches batches,
        BatchRunner runner,
        string preview = "false"
    )
    {
        if (!bool.TryParse(preview, out var countOnly))
        {
            return Problems.Of(Refusal.Invalid("preview", "Use true or false."));
        }
        var (counted, asked) = (0, (AskedBatch?)null);
        var refusal = await appender.Run(
            person.Act,
            work =>
            {
                var selector = body.Selector ?? new TerminalSelector();
                var (within, nothing) = selector.Resolve(work.Views, person);
                if (nothing is not null)
                {
                    return nothing;
                }
                var (wanted, wrong) = body.Lock.Checked(work.Now);
                if (wanted is null)
                {
                    return wrong;
                }
                if (countOnly)
                {
                    counted = selector.Count(work.Views, within);
                    return null;
                }
                (asked, wrong) = batches.Ask(
                    work,
                    person,
                    selector,
                    within,
                    wanted,
                    body.At,
                    body.SecondPerson
                );
                return wrong;
            }
        );
        if (asked?.Status == LockBatchStatus.Running)
        {
            runner.GoOn(asked.Id);
        }
        return refusal.Or(() =>
            asked is null
                ? Results.Json(new { terminals = counted })
                : Answer(asked, body.At, body.SecondPerson)
        );
    }

    private static IResult Show(string id, Person person, BatchViews views) =>
        views.Find(id, person) is { } batch
            ? Results.Json(batch)
            : Problems.Of(Refusal.NotFound("batch"));

    private static async Task<IResult> Approve(
        string id,
        Person person,
        Appender appender,
        LockBatches batches,
        BatchRunner runner
    )
    {
        var refusal = await appender.Run(person.Act, work => batches.Approve(work, id, person));
        return Accepted(id, refusal, runner);
    }

    private static async Task<IResult> Release(
        string id,
        ReasonBody body,
        Person person,
        Appender appender,
        LockBatches batches,
        BatchRunner runner
    )
    {
        var refusal = await appender.Run(
            person.Act,
            work =>
                batches.Release(
                    work,
                    id,
                    person,
                    body.Reason,
                    () => Check.Text(body.Reason, "reason")
                )
        );
        return Accepted(id, refusal, runner);
    }

    private static IResult Accepted(string id, Refusal? refusal, BatchRunner runner)
    {
        if (refusal is null)
        {
            runner.GoOn(id);
        }
        return refusal.Or(() => Results.Json(new { batchId = id }, statusCode: 202));
    }

    private static IResult List(Person person, Paging page, BatchViews views) =>
        page.Refusal.Or(() => Results.Json(views.Waiting(person, page)));

    private static async Task<IResult> Cancel(string id, Person person, Appender appender)
    {
        var refusal = await appender.Run(person.Act, work => LockBatches.Cancel(work, id, person));
        return refusal.Or(() => Results.NoContent());
    }
}
