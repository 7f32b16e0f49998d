using System.Text.Json;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Orders;
using Tillkeeper.Server.Tests.Isolation;

namespace Tillkeeper.Server.Tests.Environments;

/// <summary>C6: an environment that is not the shop's, judged from what terminals say in their heartbeats.</summary>
public sealed class EnvironmentTests
{
    private const string Locks = "environment: {then: lock}\n";

    [Fact]
    public async Task A_phone_that_shares_its_connection_is_found_once_it_has_lasted_and_its_evidence_is_named()
    {
        await using var stand = await Stand.Settled();

        await stand.Beat(Stand.Phone);
        Assert.Empty(await stand.Events("terminal.rule_found.v1"));
        await stand.Stay(Stand.Phone);

        var found = Assert.Single(await stand.Events("terminal.rule_found.v1"));
        Assert.Equal("warning", found.GetProperty("effect").GetString());
        var facts = found.GetProperty("evidence").GetProperty("facts");
        Assert.Equal(
            "private_hotspot,unknown_gateway,unknown_access_point",
            facts.GetProperty("seen").GetString()
        );
        Assert.Empty(await stand.Locks());
        var alerts = (await stand.Server.Admin.Get("/api/v1/alerts?kind=environment_found"))
            .Expect(200)
            .Json.GetProperty("items");
        Assert.Equal(1, alerts.GetArrayLength());

        // Back at the shop's router: over by itself.
        await stand.Stay(Stand.Shop);
        Assert.Single(await stand.Events("terminal.rule_cleared.v1"));
    }

    [Fact]
    public async Task Where_the_policy_locks_it_blocks_online_payments_and_ends_on_the_shops_own_network()
    {
        await using var stand = await Stand.Settled(Locks);

        await stand.Stay(Stand.Phone);

        var raised = Assert.Single(await stand.Locks());
        Assert.Equal("network_anomaly", raised.GetProperty("cause").GetString());
        Assert.DoesNotContain(
            "sign_in",
            raised.GetProperty("scope").GetRawText(),
            StringComparison.Ordinal
        );
        await stand.Terminal.ApplyAll();

        await stand.Stay(Stand.Shop);

        var release = (await stand.Terminal.Orders())[^1];
        Assert.Equal((OrderKind.Release, WayOut.NetworkCheck), (release.Kind, release.WayOut));
        Assert.Equal(
            "releasing",
            Assert.Single(await stand.Locks()).GetProperty("status").GetString()
        );
    }

    [Fact]
    public async Task What_repeats_never_touches_the_disk_and_marks_say_nothing_without_the_key()
    {
        await using var stand = await Stand.Settled();
        await stand.Stay(Stand.Phone);
        var before = LogHeads.Of(stand.Server);

        for (var beat = 0; beat < 20; beat++)
        {
            stand.Time.Now += TimeSpan.FromSeconds(30);
            await stand.Beat(Stand.Phone);
        }

        Assert.Equal(before, LogHeads.Of(stand.Server));
        var file = await File.ReadAllBytesAsync(
            System.IO.Path.Combine(stand.Server.Data, "tillkeeper.db")
        );
        var log = await File.ReadAllBytesAsync(
            System.IO.Path.Combine(stand.Server.Data, "tillkeeper.db-wal")
        );
        foreach (var secret in new[] { "9a:00:00:00:00:07"u8.ToArray(), "Li's iPhone"u8.ToArray() })
        {
            Assert.Equal(-1, file.AsSpan().IndexOf(secret));
            Assert.Equal(-1, log.AsSpan().IndexOf(secret));
        }
    }

    [Fact]
    public async Task Two_ways_out_that_alternate_never_lock()
    {
        await using var stand = await Stand.Open(
            "environment: {then: lock, dwell: PT0S}\n",
            new { networks = new[] { "203.0.113.0/24" } }
        );
        var sim = new { link = "cellular", iccid = "8986001" };
        for (var day = 0; day < 60; day++)
        {
            await stand.Beat(day % 2 == 0 ? Stand.Shop : sim);
            stand.Time.Now += TimeSpan.FromHours(6);
        }

        Assert.Empty(await stand.Events("terminal.rule_found.v1"));
        Assert.Empty(await stand.Locks());

        // Another card than the two it always had is something else.
        await stand.Beat(new { link = "cellular", iccid = "8986999" });
        Assert.Contains(
            "another_sim",
            Assert.Single(await stand.Events("terminal.rule_found.v1")).GetRawText(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Without_a_registered_network_and_before_anything_is_learnt_nothing_is_strange()
    {
        await using var stand = await Stand.Open("environment: {then: lock, dwell: PT0S}\n");

        await stand.Stay(Stand.Shop);
        await stand.Stay(Stand.Phone);

        Assert.Empty(await stand.Events("terminal.rule_found.v1"));
    }

    [Fact]
    public async Task In_shadow_it_is_recorded_and_nothing_else()
    {
        await using var stand = await Stand.Settled("environment: {mode: shadow, then: lock}\n");

        await stand.Stay(Stand.Phone);

        Assert.Equal(
            "shadow",
            Assert
                .Single(await stand.Events("terminal.rule_found.v1"))
                .GetProperty("effect")
                .GetString()
        );
        Assert.Empty(await stand.Locks());
    }

    [Fact]
    public async Task What_a_terminal_measures_and_says_is_shown_and_nonsense_costs_it_nothing()
    {
        await using var stand = await Stand.Open();
        await stand.Beat(
            Stand.Shop,
            new
            {
                link = "wifi",
                samples = 40,
                lossPercent = 12,
                serverLossPercent = 3,
                flaps = 2,
                latencyMs = 35,
            }
        );

        var health = (await stand.Show()).GetProperty("health");
        Assert.Equal(12, health.GetProperty("network").GetProperty("lossPercent").GetInt32());
        Assert.Equal(
            "Corner Shop",
            health.GetProperty("environment").GetProperty("ssid").GetString()
        );
        Assert.Equal("127.0.0.1", health.GetProperty("source").GetString());

        await stand.Beat(new { link = "carrier pigeon", ssid = new string('x', 5000) }, "fast");
        Assert.False((await stand.Show()).GetProperty("health").TryGetProperty("network", out _));
        await stand.Beat(
            new
            {
                position = new
                {
                    lat = 400,
                    lon = 0,
                    accuracyM = -1,
                    at = stand.Time.Now,
                },
            }
        );
        var shown = (await stand.Show()).GetProperty("health").GetProperty("environment");
        Assert.Equal(JsonValueKind.Object, shown.ValueKind);
        Assert.False(shown.TryGetProperty("position", out _));
    }
}
