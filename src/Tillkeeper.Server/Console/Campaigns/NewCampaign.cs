using System.Text.Json;
using Tillkeeper.Server.Campaigns;
using Tillkeeper.Server.Console.Api;
using Tillkeeper.Server.Console.Shell;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;

namespace Tillkeeper.Server.Console.Campaigns;

/// <summary>How many terminals a campaign would have, group by group.</summary>
/// <param name="GoingBack">Of them run a newer version than the one that is to come.</param>
internal sealed record CampaignPreview(int Terminals, IReadOnlyList<int> Groups, int GoingBack);

/// <param name="Artifacts">What there is to bring out.</param>
internal sealed record NewCampaignModel(
    CampaignForm Form,
    IReadOnlyList<ArtifactEndpoints.ArtifactView> Artifacts,
    CampaignPreview? Preview = null,
    ApiProblem? Problem = null
);

/// <summary><c>/console/campaigns/new</c>: counted first, then begun.</summary>
internal static class NewCampaign
{
    private const string Path = "/console/campaigns/new";

    public static void MapNewCampaign(this IEndpointRouteBuilder app)
    {
        app.MapGet(Path, (ApiClient api) => Show(new CampaignForm(), api))
            .Needs(Right.ManageCampaigns)
            .AsPage();
        app.MapPost(Path, Make).Needs(Right.ManageCampaigns).AsPage();
    }

    private static async Task<IResult> Make(IFormCollection form, ApiClient api)
    {
        CampaignForm typed = new(form);
        if (form["act"] != "begin")
        {
            var counted = await api.Post("/api/v1/campaigns?preview=true", typed.Body);
            return await Show(
                typed,
                api,
                counted.Problem is null
                    ? counted.Value.Deserialize<CampaignPreview>(JsonSerializerOptions.Web)
                    : null,
                counted.Problem
            );
        }
        var made = await api.Post("/api/v1/campaigns", typed.Body, form["once"]);
        return made.Problem is { WaitsForSecond: false } problem
            ? await Show(typed, api, problem: problem)
            : Pages.Go($"/console/campaigns/{CampaignPages.IdOf(made)}");
    }

    private static async Task<IResult> Show(
        CampaignForm form,
        ApiClient api,
        CampaignPreview? preview = null,
        ApiProblem? problem = null
    )
    {
        var artifacts = await api.Get<Page<ArtifactEndpoints.ArtifactView>>(
            "/api/v1/artifacts?limit=200"
        );
        return artifacts.Problem is { } refused
            ? Pages.Refused(refused)
            : Pages.Page<NewCampaignPage>(
                new NewCampaignModel(form, artifacts.Value!.Items, preview, problem),
                problem?.Status ?? StatusCodes.Status200OK
            );
    }
}
