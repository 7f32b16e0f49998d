using System.Text.Json;
using Tillkeeper.Server.Campaigns;
using Tillkeeper.Server.Console.Api;
using Tillkeeper.Server.Console.Lists;
using Tillkeeper.Server.Console.Shell;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;

namespace Tillkeeper.Server.Console.Campaigns;

/// <summary>What the page of one campaign shows.</summary>
/// <param name="Act">Which decision is being made: pause, resume or stop; null when none is.</param>
internal sealed record CampaignModel(
    CampaignView Campaign,
    string? Act = null,
    string? Typed = null,
    ApiProblem? Problem = null
);

/// <summary>What the list of a campaign's terminals shows.</summary>
internal sealed record CampaignTerminalsModel(
    CampaignView Campaign,
    Page<CampaignTerminalView> Terminals,
    string? Step
);

/// <summary><c>/console/campaigns</c>: rollouts, what they do to shops, and stopping them.</summary>
internal static class CampaignPages
{
    private const string Api = "/api/v1/campaigns";

    /// <summary>Decisions about a campaign, as the API calls them.</summary>
    private static readonly string[] Acts = ["pause", "resume", "stop"];

    public static void MapCampaignPages(this IEndpointRouteBuilder app)
    {
        app.MapGet("/console/campaigns", List).Needs(Right.Look).AsPage();
        app.MapNewCampaign();
        app.MapArtifactPages();
        app.MapGet("/console/campaigns/{id}", Show).Needs(Right.Look).AsPage();
        app.MapGet("/console/campaigns/{id}/terminals", Terminals).Needs(Right.Look).AsPage();
        foreach (var act in Acts)
        {
            app.MapPost(
                    $"/console/campaigns/{{id}}/{act}",
                    (string id, IFormCollection form, ApiClient api) => Decide(id, act, form, api)
                )
                .Needs(Right.ManageCampaigns)
                .AsPage();
        }
    }

    private static async Task<IResult> List(HttpRequest request, ApiClient api)
    {
        if (Csv.IsAsked(request))
        {
            return Csv.Of(
                "campaigns",
                api,
                ApiPath.With(Api, request, "status"),
                CampaignColumns.All
            );
        }
        var reply = await api.Get<Page<CampaignEndpoints.CampaignRow>>(
            ApiPath.With(Api, request, "status", "after")
        );
        return reply.Problem is { } problem
            ? Pages.Refused(problem)
            : Pages.Page<CampaignsPage>(reply.Value);
    }

    private static async Task<IResult> Show(string id, ApiClient api, string? act = null)
    {
        var reply = await Find(id, api);
        return reply.Problem is { } problem
            ? Pages.Refused(problem)
            : Pages.Page<CampaignPage>(new CampaignModel(reply.Value!, Known(act)));
    }

    private static async Task<IResult> Terminals(
        string id,
        HttpRequest request,
        ApiClient api,
        string? step = null
    )
    {
        var path = $"{Api}/{Uri.EscapeDataString(id)}/terminals";
        if (Csv.IsAsked(request))
        {
            return Csv.Of(
                $"campaign-{id}",
                api,
                ApiPath.With(path, request, "step"),
                CampaignColumns.Terminals
            );
        }
        var campaign = await Find(id, api);
        var terminals = await api.Get<Page<CampaignTerminalView>>(
            ApiPath.With(path, request, "step", "after")
        );
        return (campaign.Problem ?? terminals.Problem) is { } problem
            ? Pages.Refused(problem)
            : Pages.Page<CampaignTerminalsPage>(
                new CampaignTerminalsModel(campaign.Value!, terminals.Value!, step)
            );
    }

    private static string? Known(string? act) => Acts.Contains(act) ? act : null;

    private static async Task<IResult> Decide(
        string id,
        string act,
        IFormCollection form,
        ApiClient api
    )
    {
        var reason = form["reason"].ToString();
        var reply = await api.Post(
            $"{Api}/{Uri.EscapeDataString(id)}/{act}",
            new { reason },
            form["once"]
        );
        if (reply.Problem is not { } problem)
        {
            return Pages.Go($"/console/campaigns/{Uri.EscapeDataString(id)}");
        }
        var campaign = await Find(id, api);
        return campaign.Value is { } found
            ? Pages.Page<CampaignPage>(
                new CampaignModel(found, act, reason, problem),
                problem.Status
            )
            : Pages.Refused(problem);
    }

    private static Task<Reply<CampaignView>> Find(string id, ApiClient api) =>
        api.Get<CampaignView>($"{Api}/{Uri.EscapeDataString(id)}");

    /// <summary>The id that an answer carries, also beside a refusal that has recorded something.</summary>
    internal static string? IdOf(Reply<JsonElement> reply)
    {
        var body = reply.Problem?.More ?? reply.Value;
        return body.ValueKind == JsonValueKind.Object && body.TryGetProperty("id", out var id)
            ? id.GetString()
            : null;
    }
}
