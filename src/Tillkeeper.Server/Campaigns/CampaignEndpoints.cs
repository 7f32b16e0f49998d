using Tillkeeper.Core;
using Tillkeeper.Core.Campaigns;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Watch;

namespace Tillkeeper.Server.Campaigns;

/// <summary><c>/api/v1/campaigns</c>: looking at rollouts, pausing them, going on, stopping them.</summary>
internal static class CampaignEndpoints
{
    internal sealed record ReasonBody(string? Reason);

    /// <param name="Done">Terminals that run the new version.</param>
    /// <param name="Errors">Terminals where it went wrong.</param>
    internal sealed record CampaignRow(
        string Id,
        string Name,
        string Status,
        string Artifact,
        DateTimeOffset CreatedAt,
        string Software = "",
        string Version = "",
        int Terminals = 0,
        int Done = 0,
        int Errors = 0
    );

    public static void MapCampaigns(this IEndpointRouteBuilder app)
    {
        app.MapArtifacts();
        app.MapCreation();
        app.MapMaintenance();
        app.MapGet("/api/v1/campaigns", List).Needs(Right.Look);
        app.MapGet("/api/v1/campaigns/{id}", Show).Needs(Right.Look);
        app.MapGet("/api/v1/campaigns/{id}/terminals", ListTerminals).Needs(Right.Look);
        app.MapChange("pause", (person, reason) => new PauseCampaign(person, reason));
        app.MapChange("resume", (person, reason) => new ResumeCampaign(person, reason));
        app.MapChange("stop", (person, reason) => new StopCampaign(person, reason));
    }

    /// <summary>Something that a person does to a campaign, and why.</summary>
    private static void MapChange(
        this IEndpointRouteBuilder app,
        string what,
        Func<string, string, ICampaignCommand> command
    ) =>
        app.MapPost(
                $"/api/v1/campaigns/{{id}}/{what}",
                (string id, ReasonBody body, Person person, Appender appender) =>
                    Change(id, body, person, appender, command(person.Id, body.Reason ?? ""))
            )
            .Needs(Right.ManageCampaigns);

    public static IServiceCollection AddCampaigns(this IServiceCollection services) =>
        services
            .AddSingleton<ArtifactStore>()
            .AddSingleton<CampaignViews>()
            .AddSingleton<ITimerHandler, CampaignDriver>();

    private static async Task<IResult> Change(
        string id,
        ReasonBody body,
        Person person,
        Appender appender,
        ICampaignCommand command
    )
    {
        var refusal = await appender.Run(
            person.Act,
            work =>
            {
                if (
                    work.Views.Scalar("SELECT place FROM campaigns WHERE id = $1", id)
                        is not string place
                    || !person.Sees(place)
                )
                {
                    return Refusal.NotFound("campaign");
                }
                var decision = CampaignDecisions.Decide(
                    work.Load(CampaignStreams.Kind, id),
                    command
                );
                if (decision.Refusal is not null || Check.Text(body.Reason, "reason") is not null)
                {
                    // What the state forbids comes before what is wrong with the content.
                    return decision.Refusal ?? Check.Text(body.Reason, "reason");
                }
                work.Append(CampaignStreams.Kind, id, id, decision.Events);
                if (command is not PauseCampaign)
                {
                    Alerts.Clear(work, Rollouts.AlertKey(id));
                }
                return null;
            }
        );
        return refusal.Or(() => Results.Json(new { id }));
    }

    private static IResult List(
        Person person,
        Paging page,
        CampaignViews views,
        string? status = null
    ) =>
        status is not null && !Words.TryParse<CampaignStatus>(status, out _)
            ? Problems.Of(Refusal.Invalid("status", $"Use one of: {Words.All<CampaignStatus>()}."))
            : page.Refusal.Or(() =>
                Results.Json(page.Cut(views.List(person, page, status), r => r.Id))
            );

    private static IResult Show(string id, Person person, CampaignViews views) =>
        views.Find(id, person) is { } view
            ? Results.Json(view)
            : Problems.Of(Refusal.NotFound("campaign"));

    private static IResult ListTerminals(
        string id,
        Person person,
        Paging page,
        CampaignViews views,
        string? step = null
    )
    {
        if (!views.Sees(id, person))
        {
            return Problems.Of(Refusal.NotFound("campaign"));
        }
        return page.Refusal.Or(() =>
            Results.Json(page.Cut(views.Terminals(id, person, page, step), t => t.Terminal))
        );
    }
}
