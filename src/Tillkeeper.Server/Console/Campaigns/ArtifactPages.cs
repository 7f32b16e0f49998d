using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Tillkeeper.Core.Campaigns;
using Tillkeeper.Server.Campaigns;
using Tillkeeper.Server.Console.Api;
using Tillkeeper.Server.Console.Lists;
using Tillkeeper.Server.Console.Shell;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;

namespace Tillkeeper.Server.Console.Campaigns;

/// <param name="Typed">What was typed before it was refused.</param>
internal sealed record ArtifactsModel(
    Page<ArtifactEndpoints.ArtifactView> Artifacts,
    IFormCollection? Typed = null,
    ApiProblem? Problem = null
);

/// <summary><c>/console/campaigns/artifacts</c>: what there is to install, and bringing something new.</summary>
internal static class ArtifactPages
{
    private const string Path = "/console/campaigns/artifacts";
    private const string Api = "/api/v1/artifacts";

    private static readonly string[] Fields = ["name", "version", "org"];

    /// <summary>The file, and room for what is typed beside it.</summary>
    private const long FormBytes = Artifact.MostBytes + (1024 * 1024);

    public static IReadOnlyList<Column<ArtifactEndpoints.ArtifactView>> Columns { get; } =
    [
        new("campaigns.software", a => a.Name),
        new("campaigns.version", a => a.Version),
        new("campaigns.size", a => a.Size.ToString("N0", CultureInfo.CurrentCulture))
        {
            IsFigure = true,
        },
        new("campaigns.checksum", a => a.Sha256) { IsWide = true },
    ];

    public static void MapArtifactPages(this IEndpointRouteBuilder app)
    {
        app.MapGet(Path, List).Needs(Right.ManageCampaigns).AsPage();
        app.MapPost(Path, Store)
            .Needs(Right.ManageCampaigns)
            .WithMetadata(new RequestSizeLimitAttribute(FormBytes))
            .WithFormOptions(multipartBodyLengthLimit: FormBytes)
            .AsPage();
    }

    private static Task<IResult> List(HttpRequest request, ApiClient api) =>
        Csv.IsAsked(request)
            ? Task.FromResult(Csv.Of("artifacts", api, Api, Columns))
            : Show(request, api);

    private static async Task<IResult> Store(
        IFormCollection form,
        HttpRequest request,
        ApiClient api
    )
    {
        var query = QueryString.Create(
            Fields
                .Select(name => KeyValuePair.Create(name, (string?)form[name].ToString().Trim()))
                .Where(field => field.Value is not "")
        );
        await using var content = form.Files["file"]?.OpenReadStream() ?? Stream.Null;
        var reply = await api.Upload("PUT", Api + query, content);
        return reply.Problem is { } problem
            ? await Show(request, api, form, problem)
            : Pages.Go(Path);
    }

    private static async Task<IResult> Show(
        HttpRequest request,
        ApiClient api,
        IFormCollection? typed = null,
        ApiProblem? problem = null
    )
    {
        var reply = await api.Get<Page<ArtifactEndpoints.ArtifactView>>(
            ApiPath.With(Api, request, "after")
        );
        return reply.Problem is { } refused
            ? Pages.Refused(refused)
            : Pages.Page<ArtifactsPage>(
                new ArtifactsModel(reply.Value!, typed, problem),
                problem?.Status ?? StatusCodes.Status200OK
            );
    }
}
