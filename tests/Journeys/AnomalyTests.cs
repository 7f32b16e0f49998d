using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Tillkeeper.Journeys.Harness;

namespace Tillkeeper.Journeys;

/// <summary>C7: real sales at a real till under a policy with low thresholds, and locks that people set for later.</summary>
public sealed class AnomalyTests
{
    private const string Strict = """
        velocity:
          then: lock
          sales: 4
          window: PT10M
        refundBurst:
          then: lock
          refunds: 2
          window: PT30M
        """;

    /// <summary>Sets a policy and waits until the terminal has applied the order for it.</summary>
    private static async Task SetPolicy(RunningServer server, RunningAgent agent)
    {
        var set = await server.Admin.PutAsJsonAsync(
            "/api/v1/policies/provider",
            new { document = Strict, reason = "trial" }
        );
        Assert.Equal(HttpStatusCode.OK, set.StatusCode);
        await server.Admin.Until(
            $"/api/v1/terminals/{agent.Terminal}/events?limit=200",
            a => a.Body.GetRawText().Contains("policy.changed.v1", StringComparison.Ordinal)
        );
    }

    private static async Task Trade(RunningAgent agent, string capability, int times)
    {
        for (var i = 0; i < times; i++)
        {
            var id = (
                await agent.Local.Post(
                    "/local/v1/transactions",
                    new { capability, amountMinor = 1250 }
                )
            )
                .Expect(HttpStatusCode.Created)
                .Text("id");
            using HttpRequestMessage end = new(HttpMethod.Delete, $"/local/v1/transactions/{id}")
            {
                Content = JsonContent.Create(new { outcome = "approved" }),
            };
            (await Answer.Of(await agent.Local.SendAsync(end))).Expect(HttpStatusCode.NoContent);
        }
    }

    private static string RuleOf(JsonElement shown) =>
        shown.GetProperty("evidence").GetProperty("rule").GetString()!;

    [Fact]
    public async Task A_rush_of_sales_and_a_burst_of_refunds_lock_with_their_rule_and_evidence_on_both_sides()
    {
        await using var server = await RunningServer.Start();
        await using var selling = await RunningAgent.Start(server);
        await using var refunding = await RunningAgent.Start(server);
        await SetPolicy(server, selling);
        await SetPolicy(server, refunding);

        await Trade(selling, "card_payment", 3);
        Assert.True(await selling.MaySell());
        await Trade(selling, "qr_payment", 1);
        Assert.False(await selling.MaySell());
        await Trade(refunding, "refund", 2);

        await CheckAsync(server, selling, "velocity", "4 sales, 50.00 in all, within 10 minutes.");
        await CheckAsync(
            server,
            refunding,
            "refund_burst",
            "2 refunds, 25.00 in all, within 30 minutes."
        );

        // The power fails: the lock is in the journal with the sale that led to it.
        await selling.Program.Kill();
        await selling.StartReady();
        Assert.Equal("velocity", RuleOf(Assert.Single(await selling.Locks())));
        using var risk = await server.As("risk");
        var lockId = (await selling.Locks())[0].GetProperty("id").GetString();
        (
            await risk.Post(
                $"/api/v1/terminals/{selling.Terminal}/locks/{lockId}/release",
                new { reason = "a fair in town" }
            )
        ).Expect(HttpStatusCode.Accepted);
        await selling.Local.Until(
            "/local/v1/verdict?capability=card_payment",
            a => a.Body.GetProperty("allow").GetBoolean()
        );
        await Trade(selling, "card_payment", 2);
        Assert.Empty(await selling.Locks());
    }

    private static async Task CheckAsync(
        RunningServer server,
        RunningAgent agent,
        string rule,
        string saw
    )
    {
        var here = Assert.Single(await agent.Locks());
        Assert.Equal("E10", here.GetProperty("code").GetString());
        Assert.Equal(rule, RuleOf(here));
        Assert.Contains(
            saw,
            here.GetProperty("explanation").GetProperty("safe").GetString(),
            StringComparison.Ordinal
        );
        var there = await server.Admin.Until(
            $"/api/v1/terminals/{agent.Terminal}",
            a => a.Locks.Length == 1
        );
        Assert.Equal(rule, RuleOf(there.Locks[0]));
        Assert.Equal(
            here.GetProperty("evidence").GetProperty("facts").GetRawText(),
            there.Locks[0].GetProperty("evidence").GetProperty("facts").GetRawText()
        );
    }

    [Fact]
    public async Task A_lock_set_for_later_outlives_a_crash_of_the_server_and_arrives_at_its_time()
    {
        await using var server = await RunningServer.Start();
        await using var agent = await RunningAgent.Start(server);
        var at = DateTimeOffset.UtcNow.AddSeconds(6);
        var (exit, output) = await server.Cli(
            "lock",
            "create",
            agent.Terminal,
            "--reason",
            "the shop moves out",
            "--at",
            at.ToString("O", System.Globalization.CultureInfo.InvariantCulture)
        );
        Assert.True(exit == 0, output);
        Assert.True(await agent.MaySell());

        await server.Kill();
        await server.StartAgain();

        var shown = await agent.Local.Until(
            "/local/v1/status",
            a => a.Locks.Any(l => l.GetProperty("status").GetString() == "confirmed"),
            60
        );
        Assert.True(DateTimeOffset.UtcNow >= at);
        Assert.Equal("E09", Assert.Single(shown.Locks).GetProperty("code").GetString());
        var (_, list) = await server.Cli("lock", "schedule", "list", "-o", "json");
        Assert.DoesNotContain("scheduled", list, StringComparison.Ordinal);
    }
}
