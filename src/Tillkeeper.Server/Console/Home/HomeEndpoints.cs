using System.Text.Json;
using Tillkeeper.Server.Console.Api;
using Tillkeeper.Server.Console.Shell;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Overview;
using Tillkeeper.Server.People;

namespace Tillkeeper.Server.Console.Home;

/// <param name="State">A word of the API.</param>
/// <param name="Text">What it is called, or why it is.</param>
internal sealed record Standing(string Id, string State, string Text);

/// <param name="Crises">Those that are not closed.</param>
/// <param name="Rollouts">Those that are at work, or were stopped by themselves.</param>
internal sealed record HomeModel(
    OverviewEndpoint.OverviewView Counted,
    IReadOnlyList<Standing> Crises,
    IReadOnlyList<Standing> Rollouts
);

/// <summary><c>GET /console</c>: what needs somebody now. Each number leads to what it counts.</summary>
internal static class HomeEndpoints
{
    private const int MostShown = 10;
    private static readonly string[] Over = ["undone", "closed", "finished"];

    public static void MapHome(this IEndpointRouteBuilder app) =>
        app.MapGet("/console", Show).Needs(Right.Look).AsPage();

    private static async Task<IResult> Show(ApiClient api)
    {
        var counted = await api.Get<OverviewEndpoint.OverviewView>("/api/v1/overview");
        if (counted.Problem is { } problem)
        {
            return Pages.Refused(problem);
        }
        var crises = await api.Get<Page<JsonElement>>("/api/v1/crises?limit=200");
        var rollouts = await api.Get<Page<JsonElement>>("/api/v1/campaigns?limit=200");
        return (Silent(crises) ?? Silent(rollouts)) is { } silent
            // What cannot be asked must not look like nothing.
            ? Pages.Refused(silent)
            : Pages.Page<HomePage>(
                new HomeModel(
                    counted.Value!,
                    Standing(crises.Value, "state", "reason"),
                    Standing(rollouts.Value, "status", "name")
                )
            );
    }

    /// <summary>Why something could not be asked; that it is not this reader's to see is no failure.</summary>
    private static ApiProblem? Silent(Reply<Page<JsonElement>> reply) =>
        reply.Status == StatusCodes.Status403Forbidden ? null : reply.Problem;

    private static IReadOnlyList<Standing> Standing(
        Page<JsonElement>? page,
        string state,
        string text
    ) =>
        [
            .. (page?.Items ?? [])
                .Select(item => new Standing(Text(item, "id"), Text(item, state), Text(item, text)))
                .Where(s => !Over.Contains(s.State))
                .Take(MostShown),
        ];

    private static string Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) ? value.ToString() : "";
}
