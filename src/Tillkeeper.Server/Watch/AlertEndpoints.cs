using Tillkeeper.Core;
using Tillkeeper.Core.Locks.Texts;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Watch;

/// <summary><c>/api/v1/alerts</c>: what somebody has to look at, whose it is and until when.</summary>
internal static class AlertEndpoints
{
    private static readonly TimeSpan Furthest = TimeSpan.FromDays(90);

    internal sealed record SettleBody(string? Reason);

    internal sealed record DueBody(DateTimeOffset? Due);

    public static void MapAlerts(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/v1/alerts", List).Needs(Right.Look);
        app.MapGet("/api/v1/alerts/{id}", Show).Needs(Right.Look);
        app.MapPost("/api/v1/alerts/{id}/own", Own).Needs(Right.HandleAlerts);
        app.MapPost("/api/v1/alerts/{id}/due", SetDue).Needs(Right.HandleAlerts);
        app.MapPost("/api/v1/alerts/{id}/settle", Settle).Needs(Right.HandleAlerts);
    }

    private static IResult List(
        Person person,
        Paging page,
        AlertViews views,
        HttpRequest request,
        [AsParameters] AlertFilter filter
    ) =>
        (filter.Wrong() ?? page.Refusal).Or(() =>
            Results.Json(
                views.List(
                    person,
                    page,
                    filter,
                    LockExplainer.Choose(request.Headers.AcceptLanguage)
                )
            )
        );

    private static IResult Show(string id, Person person, AlertViews views, HttpRequest request) =>
        views.Find(id, person, LockExplainer.Choose(request.Headers.AcceptLanguage)) is { } alert
            ? Results.Json(alert)
            : Problems.Of(Refusal.NotFound("alert"));

    private static Task<IResult> Own(string id, Person person, Appender appender) =>
        Decide(
            id,
            person,
            appender,
            (alert, _) => (alert.Owner == person.Id ? null : new AlertOwned(person.Id), null)
        );

    private static Task<IResult> SetDue(
        string id,
        DueBody body,
        Person person,
        Appender appender
    ) =>
        Decide(
            id,
            person,
            appender,
            (_, now) =>
                body.Due is { } due && due > now && due <= now + Furthest
                    ? (new AlertDueSet(person.Id, due), null)
                    : (
                        null,
                        Refusal.Invalid(
                            "due",
                            "Name a time in the future, at most 90 days from now."
                        )
                    )
        );

    private static Task<IResult> Settle(
        string id,
        SettleBody body,
        Person person,
        Appender appender
    ) =>
        Decide(
            id,
            person,
            appender,
            (_, _) =>
                Check.Text(body.Reason, "reason") is { } wrong
                    ? (null, wrong)
                    : (new AlertSettled(person.Id, body.Reason!.Trim()), null)
        );

    /// <summary>Handles an alert that is not settled yet. No event and no refusal: it is so already.</summary>
    private static async Task<IResult> Decide(
        string id,
        Person person,
        Appender appender,
        Func<AlertState, DateTimeOffset, (IAlertEvent? Happened, Refusal? Refusal)> decide
    )
    {
        var refusal = await appender.Run(
            person.Act,
            work =>
            {
                var alert = work.Load(AlertStreams.Kind, id);
                if (!alert.Exists || !person.Sees(alert.Place))
                {
                    return Refusal.NotFound("alert");
                }
                if (alert.Status == AlertStatus.Settled)
                {
                    return Refusal.Conflict("alert_settled", "This alert is settled already.");
                }
                var (happened, wrong) = decide(alert, work.Now);
                if (happened is not null)
                {
                    work.Append(AlertStreams.Kind, id, alert.Terminal ?? id, [happened]);
                }
                return wrong;
            }
        );
        return refusal.Or(() => Results.NoContent());
    }
}
