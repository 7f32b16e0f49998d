using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Tillkeeper.Journeys.Harness;

namespace Tillkeeper.Journeys.Network;

/// <summary>C5 and C6 with a real agent in a network of its own, cut, mended and exchanged for real.</summary>
public sealed class NetworkTests
{
    private const string Quick =
        "every: PT1S, paymentHost: '198.51.100.3:443', latency: PT1S, window: PT10S, badFor: PT2S, goodFor: PT4S";

    [Fact]
    public async Task A_payment_host_that_is_cut_off_warns_or_locks_and_is_over_by_itself_and_the_server_alone_is_nothing()
    {
        await using var town = await Town.Build("c5");
        await using var server = await RunningServer.StartInside(town.World, Town.ServerAddress);
        await using var agent = await RunningAgent.StartInside(town.Shop, server);
        await Police(server, agent, $"network: {{{Quick}, then: warn}}\n");
        await agent.Local.Until(
            "/local/v1/status",
            a => Measured(a, "samples") >= 5 && Measured(a, "lossPercent") == 0
        );

        // Only the server: measured, told, and no bad network.
        await town.Cut(Town.ServerAddress);
        await agent.Local.Until("/local/v1/status", a => Measured(a, "serverLossPercent") >= 60);
        var alone = await agent.Local.Get("/local/v1/status");
        Assert.Equal(0, Measured(alone, "lossPercent"));
        Assert.Empty(Warnings(alone));
        Assert.True(await agent.MaySell());
        await town.Mend();

        // The payment host: by default a warning that says what to do, and selling goes on.
        await town.Cut(Town.PaymentAddress);
        var warned = await agent.Local.Until("/local/v1/status", a => Warnings(a).Length == 1);
        var warning = Warnings(warned)[0];
        Assert.Equal("network", warning.GetProperty("rule").GetString());
        Assert.Equal("The payment host does not answer.", warning.GetProperty("saw").GetString());
        Assert.True(await agent.MaySell());
        var path = $"/api/v1/terminals/{agent.Terminal}";
        await server.Admin.Until(
            path,
            a =>
                a.Body.TryGetProperty("health", out var h)
                && h.TryGetProperty("network", out var n)
                && n.TryGetProperty("problem", out var p)
                && p.GetString() == "payment_host_unreachable",
            seconds: 60
        );

        // Strict: what stands becomes a lock of online payments, signing in goes on.
        await Police(server, agent, $"network: {{{Quick}, then: lock}}\n");
        await agent.Local.Until("/local/v1/status", a => a.Locks.Length == 1, seconds: 60);
        var raised = Assert.Single(await agent.Locks());
        Assert.Equal("network_unstable", raised.GetProperty("cause").GetString());
        Assert.False(await agent.MaySell());
        Assert.DoesNotContain(
            "sign_in",
            raised.GetProperty("scope").GetRawText(),
            StringComparison.Ordinal
        );

        // Mended: over by itself once it was good for a while.
        await town.Mend();
        await agent.Local.Until(
            "/local/v1/status",
            a => a.Locks.Length == 0 && Warnings(a).Length == 0,
            seconds: 60
        );
        Assert.True(await agent.MaySell());
        await server.Admin.Until(path, a => a.Locks.Length == 0, seconds: 60);
        Assert.Contains(
            await Shops.Events(server.Admin, agent.Terminal),
            e =>
                e.GetProperty("type").GetString() == "lock.ended.v1"
                && e.GetProperty("data").GetProperty("wayOut").GetString() == "reconnect"
        );
    }

    [Fact]
    public async Task A_phone_in_the_place_of_the_shops_router_is_found_with_its_evidence_and_the_shops_router_ends_it()
    {
        await using var town = await Town.Build("c6");
        await using var server = await RunningServer.StartInside(town.World, Town.ServerAddress);
        await using var agent = await RunningAgent.StartInside(
            town.Shop,
            server,
            [Town.ShopsNetwork]
        );
        await Police(
            server,
            agent,
            "network: {every: PT1S}\nenvironment: {then: lock, dwell: PT0S}\n"
        );
        var path = $"/api/v1/terminals/{agent.Terminal}";
        var home = await server.Admin.Until(path, a => Gateway(a) == "192.168.77.1", seconds: 60);
        Assert.Equal(
            "198.51.100.1",
            home.Body.GetProperty("health").GetProperty("source").GetString()
        );
        Assert.Empty(home.Locks);

        await town.JoinPhone();

        var locked = await agent.Local.Until(
            "/local/v1/status",
            a => a.Locks.Length == 1,
            seconds: 60
        );
        Assert.Equal("E07", locked.Locks[0].GetProperty("code").GetString());
        Assert.False(await agent.MaySell());
        var found = (await Shops.Events(server.Admin, agent.Terminal)).Single(e =>
            e.GetProperty("type").GetString() == "terminal.rule_found.v1"
        );
        Assert.Equal(
            "outside_networks,private_hotspot",
            found
                .GetProperty("data")
                .GetProperty("evidence")
                .GetProperty("facts")
                .GetProperty("seen")
                .GetString()
        );

        await town.PlugIn();

        await agent.Local.Until("/local/v1/status", a => a.Locks.Length == 0, seconds: 60);
        Assert.True(await agent.MaySell());
        await server.Admin.Until(path, a => a.Locks.Length == 0, seconds: 60);
    }

    private static async Task Police(RunningServer server, RunningAgent agent, string document)
    {
        var answer = await server.Admin.PutAsJsonAsync(
            $"/api/v1/policies/terminal:{agent.Terminal}",
            new { document, reason = "test" }
        );
        (await Answer.Of(answer)).Expect(HttpStatusCode.OK);
    }

    private static int Measured(Answer status, string name) =>
        status.Body.TryGetProperty("network", out var network)
            ? network.GetProperty(name).GetInt32()
            : -1;

    private static JsonElement[] Warnings(Answer status) =>
        [.. status.Body.GetProperty("warnings").EnumerateArray()];

    private static string? Gateway(Answer shown) =>
        shown.Body.TryGetProperty("health", out var health)
        && health.GetProperty("environment").TryGetProperty("gateway", out var gateway)
            ? gateway.GetProperty("address").GetString()
            : null;
}
