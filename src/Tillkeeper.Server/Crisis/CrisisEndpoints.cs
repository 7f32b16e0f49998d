using Tillkeeper.Core;
using Tillkeeper.Core.Locks.Texts;
using Tillkeeper.Core.Rules;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Policies;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Watch;

namespace Tillkeeper.Server.Crisis;

/// <summary><c>/api/v1/crises</c> (M5): many shops lock at once. It concerns all of them, so it is the provider's own staff's.</summary>
internal static class CrisisEndpoints
{
    /// <summary>How far back a crisis that is opened by hand can reach.</summary>
    private static readonly TimeSpan Furthest = TimeSpan.FromDays(7);

    internal sealed record OpenBody(
        string? Rule,
        string? BatchId,
        string? Reason,
        DateTimeOffset? Since
    );

    internal sealed record ReasonBody(string? Reason);

    internal sealed record MessageBody(string? Text);

    public static void MapCrises(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/v1/crises", List).Needs(Right.Look);
        app.MapGet("/api/v1/crises/{id}", Show).Needs(Right.Look);
        app.MapGet("/api/v1/crises/{id}/report", Report).Needs(Right.Look);
        app.MapPost("/api/v1/crises", Create).Needs(Right.SettleCrises);
        app.MapPost("/api/v1/crises/{id}/stop", Stop).Needs(Right.SettleCrises);
        app.MapPost("/api/v1/crises/{id}/undo", Undo).Needs(Right.SettleCrises);
        app.MapPost("/api/v1/crises/{id}/message", Tell).Needs(Right.SettleCrises);
        app.MapPost("/api/v1/crises/{id}/close", Close).Needs(Right.SettleCrises);
    }

    public static IServiceCollection AddCrises(this IServiceCollection services) =>
        services
            .AddSingleton<CrisisTimeline>()
            .AddSingleton<CrisisViews>()
            .AddSingleton<CrisisMessages>()
            .AddSingleton<ITimerHandler, Undoing>()
            .AddSingleton<ITimerHandler, CommonFactors>()
            .AddHostedService<BreakerWatch>();

    private static IResult List(Person person, Paging page, CrisisViews views) =>
        person.IsProvider ? page.Refusal.Or(() => Results.Json(views.List(page))) : Foreign();

    private static IResult Show(string id, Person person, CrisisViews views)
    {
        if (!person.IsProvider)
        {
            return Foreign();
        }
        return views.Find(id) is { } crisis
            ? Results.Json(crisis)
            : Problems.Of(Refusal.NotFound("crisis"));
    }

    private static IResult Report(
        string id,
        Person person,
        CrisisViews views,
        HttpRequest request,
        string? format = null
    )
    {
        if (!person.IsProvider)
        {
            return Foreign();
        }
        if (views.Find(id) is not { } crisis)
        {
            return Problems.Of(Refusal.NotFound("crisis"));
        }
        if (format is not (null or "json" or "markdown"))
        {
            return Problems.Of(Refusal.Invalid("format", "Use json or markdown."));
        }
        var markdown = CrisisReport.Write(
            crisis,
            LockExplainer.Choose(request.Headers.AcceptLanguage)
        );
        var plain =
            format == "markdown"
            || (
                format is null
                && request
                    .Headers.Accept.ToString()
                    .Contains("text/markdown", StringComparison.Ordinal)
            );
        return plain
            ? Results.Text(markdown, "text/markdown; charset=utf-8")
            : Results.Json(new { markdown, crisis });
    }

    private static async Task<IResult> Create(
        OpenBody body,
        Person person,
        Appender appender,
        PolicyBook policies
    )
    {
        var id = Ids.New();
        var refusal = person.IsProvider
            ? await appender.Run(
                person.Act,
                work => Open(work, id, body, person, policies.OfProvider(work.Views).Breaker.Window)
            )
            : NotProvider;
        return refusal.Or(() => Results.Json(new { id }, statusCode: 201));
    }

    private static Refusal? Open(
        Work work,
        string id,
        OpenBody body,
        Person person,
        TimeSpan window
    )
    {
        var earliest = work.Now - Furthest;
        if (body.Since is { } since && (since < earliest || since > work.Now))
        {
            return Refusal.Invalid("since", "Name a time within the last seven days.");
        }
        if (body.Rule is null == body.BatchId is null)
        {
            return Refusal.Invalid("rule", "Name either rule or batchId.");
        }
        var fleet = Crises.Fleet(work.Views);
        var reason = body.Reason?.Trim() ?? "";
        if (body.BatchId is { } batch)
        {
            var locked = Crises.LockedIn(work.Views, batch);
            if (locked == 0)
            {
                return Refusal.NotFound("batch");
            }
            return Check.Text(body.Reason, "reason")
                ?? Opened(
                    new CrisisOpened(
                        id,
                        work.Now,
                        locked,
                        fleet,
                        reason,
                        Stopped: true,
                        Batch: batch,
                        Person: person.Id
                    )
                );
        }
        if (!Words.TryParse<RuleName>(body.Rule, out var rule))
        {
            return Refusal.Invalid("rule", $"Use one of: {Words.All<RuleName>()}.");
        }
        if (Crises.ActiveOf(work.Views, rule) is { } standing)
        {
            return Refusal.Conflict(
                "crisis_exists",
                $"Crisis {standing} is about this rule already."
            );
        }
        var from = body.Since ?? work.Now - window;
        return Check.Text(body.Reason, "reason")
            ?? Opened(
                new CrisisOpened(
                    id,
                    from,
                    Crises.LockedBy(work.Views, rule, from.AddMilliseconds(-1)),
                    fleet,
                    reason,
                    Stopped: false,
                    rule,
                    Person: person.Id
                )
            );

        Refusal? Opened(CrisisOpened opened)
        {
            Crises.Open(work, opened);
            return null;
        }
    }

    private static Task<IResult> Stop(
        string id,
        ReasonBody body,
        Person person,
        Appender appender
    ) =>
        Decide(
            id,
            person,
            appender,
            (crisis, _) => CrisisDecisions.Stop(crisis, person.Id, body.Reason ?? ""),
            () => Check.Text(body.Reason, "reason"),
            (work, crisis, happened) =>
            {
                if (happened is RuleStopped)
                {
                    RuleSwitch.ForceShadow(work, crisis.Rule!.Value, id);
                }
            }
        );

    private static Task<IResult> Undo(
        string id,
        ReasonBody body,
        Person person,
        Appender appender
    ) =>
        Decide(
            id,
            person,
            appender,
            (crisis, now) => CrisisDecisions.Undo(crisis, person.Id, body.Reason ?? "", now),
            () => Check.Text(body.Reason, "reason")
        );

    private static Task<IResult> Tell(
        string id,
        MessageBody body,
        Person person,
        Appender appender
    ) =>
        Decide(
            id,
            person,
            appender,
            (crisis, _) => CrisisDecisions.Tell(crisis, person.Id, body.Text?.Trim() ?? ""),
            () => Check.Text(body.Text, "text")
        );

    private static Task<IResult> Close(
        string id,
        ReasonBody body,
        Person person,
        Appender appender
    ) =>
        Decide(
            id,
            person,
            appender,
            (crisis, now) => CrisisDecisions.Close(crisis, person.Id, body.Reason ?? "", now),
            () => Check.Text(body.Reason, "reason"),
            (work, _, _) => Alerts.Clear(work, Crises.AlertKey(id))
        );

    /// <summary>What the state forbids comes before what is wrong with the words.</summary>
    private static async Task<IResult> Decide(
        string id,
        Person person,
        Appender appender,
        Func<CrisisState, DateTimeOffset, Decision<ICrisisEvent>> decide,
        Func<Refusal?> content,
        Action<Work, CrisisState, ICrisisEvent>? then = null
    )
    {
        if (!person.IsProvider)
        {
            return Foreign();
        }
        var refusal = await appender.Run(
            person.Act,
            work =>
            {
                var crisis = work.Load(CrisisStreams.Kind, id);
                if (!crisis.Exists)
                {
                    return Refusal.NotFound("crisis");
                }
                var decided = decide(crisis, work.Now);
                if (decided.Events.IsEmpty)
                {
                    return decided.Refusal;
                }
                if (content() is { } wrong)
                {
                    return wrong;
                }
                work.Append(CrisisStreams.Kind, id, id, decided.Events);
                foreach (var happened in decided.Events)
                {
                    then?.Invoke(work, crisis, happened);
                }
                return decided.Refusal;
            }
        );
        return refusal.Or(() => Results.Json(new { id }, statusCode: 202));
    }

    private static Refusal NotProvider { get; } =
        Refusal.Forbidden("A crisis concerns every shop at once; it is the provider's own.");

    private static IResult Foreign() => Problems.Of(NotProvider);
}
