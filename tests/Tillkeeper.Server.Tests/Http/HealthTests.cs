using System.Text.Json;
using Tillkeeper.Server.Tests.Isolation;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Http;

/// <summary>What operators and their tools look at.</summary>
public sealed class HealthTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task Alive_and_ready_are_told_to_everybody()
    {
        using var nobody = server.Client(server.People);
        var alive = await Answer.Of(await nobody.GetAsync("/healthz"));
        var ready = await Answer.Of(await nobody.GetAsync("/readyz"));
        Assert.Equal("alive", alive.Expect(200).Text("status"));
        Assert.Equal("ready", ready.Expect(200).Text("status"));
    }

    [Fact]
    public async Task Metrics_count_what_happens()
    {
        var before = await EventsAsync();
        await Tree.NewOrg(server, "Counted");
        Assert.True(await EventsAsync() > before);
    }

    [Fact]
    public async Task Every_line_of_the_metrics_is_a_name_and_a_number()
    {
        (await server.Admin.Get("/api/v1/terminals/0000000000")).Expect(404);
        var text = (await server.Admin.Get("/metrics")).Expect(200).Body;
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.All(
            lines,
            line =>
                Assert.Matches(
                    """^(#.*|tillkeeper_[a-z_]+(\{[a-z_]+="[a-z_0-9]*"\})? -?[0-9]+)$""",
                    line
                )
        );
        Assert.Contains(
            lines,
            l =>
                l.StartsWith(
                    "tillkeeper_refusals_total{code=\"not_found\"}",
                    StringComparison.Ordinal
                )
        );
    }

    private async Task<long> EventsAsync()
    {
        var text = (await server.Admin.Get("/metrics")).Expect(200).Body;
        var line = text.Split('\n')
            .Single(l => l.StartsWith("tillkeeper_log_events_total ", StringComparison.Ordinal));
        return long.Parse(line.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Whether a route belongs to a program's API; pages are for people, and what they load is for their browsers.</summary>
    private static bool IsApi(string route) =>
        route.Contains(" /api/", StringComparison.Ordinal)
        || route.Contains(" /terminal/", StringComparison.Ordinal)
        || route.Contains(" /bank/", StringComparison.Ordinal)
        || route is "GET /healthz" or "GET /readyz" or "GET /metrics";

    [Fact]
    public async Task The_description_of_the_api_names_every_route_and_is_the_committed_one()
    {
        using var nobody = server.Client(server.People);
        var text = await nobody.GetStringAsync("/openapi/v1.json");
        var paths = JsonDocument.Parse(text).RootElement.GetProperty("paths");
        var described = paths
            .EnumerateObject()
            .SelectMany(p =>
                p.Value.EnumerateObject().Select(m => $"{m.Name.ToUpperInvariant()} {p.Name}")
            );
        Assert.Equal(
            Recipes
                .All.Select(r => r.Route)
                .Concat(Recipes.Terminals)
                .Concat(Recipes.Public)
                .Concat(OwnerRecipes.Banks)
                .Where(IsApi)
                .Order(StringComparer.Ordinal),
            described.Order(StringComparer.Ordinal)
        );
        Snapshot.Check("openapi.json", Normalised(text));
    }

    /// <summary>Without the address of this very server.</summary>
    private static string Normalised(string text)
    {
        var json = System.Text.Json.Nodes.JsonNode.Parse(text)!.AsObject();
        json.Remove("servers");
        return json.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n";
    }
}
