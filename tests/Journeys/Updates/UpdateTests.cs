using System.Net;
using System.Net.Http.Json;
using Tillkeeper.Journeys.Harness;

namespace Tillkeeper.Journeys.Updates;

/// <summary>C3: a real update on a real terminal, and what keeps it from doing harm.</summary>
public sealed class UpdateTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_download_that_was_cut_off_goes_on_where_it_was()
    {
        await using var server = await RunningServer.Start();
        await using var cable = new Forwarder(server.Terminals);
        using var software = new Software();
        await using var agent = await RunningAgent.Start(server, cable.Url, software.Options);
        using var fleet = await server.As("fleet");
        const int Size = 6_000_000;
        var tar = Software.Tar("1.0", bytes: Size);
        var artifact = await Rollouts.Upload(fleet, "1.0", tar);
        var before = cable.Carried;
        cable.CutAfter(Size / 2);
        var campaign = await Rollouts.Offer(fleet, agent, artifact);
        await Rollouts.Until(() => cable.Carried - before > Size / 2, "half of it");
        cable.Join();
        await Rollouts.Until(fleet, campaign, "done", seconds: 60);
        Assert.Equal("1.0", software.Runs());
        var carried = cable.Carried - before;
        output.WriteLine($"{carried} bytes for an artifact of {tar.Length}, cut off once");
        Assert.InRange(carried, tar.Length, tar.Length * 1.15);
    }

    [Fact]
    public async Task Bytes_other_than_the_ones_signed_for_are_never_installed()
    {
        await using var server = await RunningServer.Start();
        using var software = new Software();
        await using var agent = await RunningAgent.Start(server, options: software.Options);
        using var fleet = await server.As("fleet");
        var artifact = await Rollouts.Upload(fleet, "1.0", Software.Tar("1.0"));
        // Somebody got at the server's disk.
        var stored = Assert.Single(Directory.GetFiles(Path.Combine(server.Data, "artifacts")));
        var bytes = await File.ReadAllBytesAsync(stored);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(stored, bytes);

        var campaign = await Rollouts.Offer(fleet, agent, artifact);
        var failed = await Rollouts.Until(fleet, campaign, "failed");
        Assert.Equal("corrupt_artifact", failed.GetProperty("code").GetString());
        Assert.Null(software.Runs());
        Assert.Equal(0, software.Times("install-start"));
        Assert.DoesNotContain(
            await Shops.Events(server.Admin, agent.Terminal),
            e => e.GetProperty("type").GetString() == "lock.begun.v1"
        );
        // One terminal is the whole group: the rollout has paused itself.
        var shown = await fleet.Get($"/api/v1/campaigns/{campaign}");
        Assert.Equal("paused", shown.Text("status"));
    }

    [Fact]
    public async Task No_update_begins_in_a_sale_and_none_that_failed_leaves_the_till_closed()
    {
        await using var server = await RunningServer.Start();
        using var software = new Software();
        await using var agent = await RunningAgent.Start(server, options: software.Options);
        using var fleet = await server.As("fleet");
        var sale = (
            await agent.Local.Post("/local/v1/transactions", new { capability = "qr_payment" })
        ).Expect(HttpStatusCode.Created);
        var campaign = await Rollouts.Offer(fleet, agent, "1.0", broken: false);
        await Rollouts.Until(fleet, campaign, "downloaded");
        // As often as it looks in two seconds, the sale keeps it.
        await Task.Delay(2000);
        Assert.Empty(await agent.Locks());
        Assert.True(await agent.MaySell());
        Assert.Equal(0, software.Times("install-start"));

        software.Hold("install-start");
        (await agent.Local.DeleteAsync($"/local/v1/transactions/{sale.Text("id")}")).Dispose();
        await Rollouts.Until(() => software.Times("install-start") == 1, "the installer");
        var standing = Assert.Single(await agent.Locks());
        Assert.Equal("E03", standing.GetProperty("code").GetString());
        Assert.True(standing.TryGetProperty("expectedEnd", out _));
        var next = standing.GetProperty("explanation").GetProperty("next").GetString()!;
        Assert.Contains("% is done", next, StringComparison.Ordinal);
        var refused = await agent.Local.Post(
            "/local/v1/transactions",
            new { capability = "card_payment" }
        );
        Assert.Equal(HttpStatusCode.Locked, refused.Status);
        software.Go("install-start");
        await Rollouts.Until(fleet, campaign, "done");
        Assert.Equal("1.0", software.Runs());

        software.FailInstall(true);
        var second = await Rollouts.Offer(fleet, agent, "2.0", broken: false);
        var failed = await Rollouts.Until(fleet, second, "failed");
        Assert.Equal("installer_failed", failed.GetProperty("code").GetString());
        Assert.Equal("1.0", software.Runs());
        await agent.Local.Until("/local/v1/status", a => a.Locks.Length == 0);
        Assert.Equal(1, software.Slots);

        software.FailInstall(false);
        var third = await Rollouts.Offer(fleet, agent, "3.0", broken: true);
        var back = await Rollouts.Until(fleet, third, "rolled_back");
        Assert.Equal("health_check_failed", back.GetProperty("code").GetString());
        Assert.Equal("1.0", software.Runs());
        await agent.Local.Until("/local/v1/status", a => a.Locks.Length == 0);
        Assert.True(await agent.MaySell());
    }

    [Fact]
    public async Task A_sale_that_is_not_settled_keeps_it_until_the_batch_is_closed()
    {
        await using var server = await RunningServer.Start();
        using var software = new Software();
        await using var agent = await RunningAgent.Start(server, options: software.Options);
        using var fleet = await server.As("fleet");
        await Sell(agent, "card_payment");
        var campaign = await Rollouts.Offer(fleet, agent, "1.0", broken: false);
        var waiting = await Rollouts.Until(fleet, campaign, "waiting");
        Assert.Equal("batch", waiting.GetProperty("code").GetString());
        Assert.Empty(await agent.Locks());
        var alerts = await server.Admin.Get("/api/v1/alerts?kind=update_waits_for_batch");
        Assert.Contains(agent.Terminal, alerts.Body.ToString(), StringComparison.Ordinal);

        await Sell(agent, "batch_close");
        await Rollouts.Until(fleet, campaign, "done");
        Assert.Equal("1.0", software.Runs());
    }

    private static async Task Sell(RunningAgent agent, string capability)
    {
        var begun = (await agent.Local.Post("/local/v1/transactions", new { capability })).Expect(
            HttpStatusCode.Created
        );
        using var end = new HttpRequestMessage(
            HttpMethod.Delete,
            $"/local/v1/transactions/{begun.Text("id")}"
        );
        end.Content = JsonContent.Create(new { outcome = "approved" });
        (await Answer.Of(await agent.Local.SendAsync(end))).Expect(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task A_window_that_is_closed_keeps_it_and_a_terminal_without_an_installer_says_so()
    {
        await using var server = await RunningServer.Start();
        using var software = new Software();
        await using var agent = await RunningAgent.Start(server, options: software.Options);
        await using var bare = await RunningAgent.Start(server);
        using var fleet = await server.As("fleet");
        var artifact = await Rollouts.Upload(fleet, "1.0", Software.Tar("1.0"));
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");
        var there = TimeZoneInfo.ConvertTime(DateTimeOffset.UtcNow, zone);
        var window = new
        {
            // Half a day away from now, whenever this runs.
            from = $"{there.AddHours(11):HH}:00",
            duration = "PT1H",
            zone = zone.Id,
        };
        var campaign = await Rollouts.Offer(fleet, agent, artifact, window);
        var waiting = await Rollouts.Until(fleet, campaign, "waiting");
        Assert.Equal("window", waiting.GetProperty("code").GetString());
        var refused = await Rollouts.Until(
            fleet,
            await Rollouts.Offer(fleet, bare, artifact),
            "refused"
        );
        Assert.Equal("no_installer", refused.GetProperty("code").GetString());
        (
            await fleet.Post($"/api/v1/campaigns/{campaign}/stop", new { reason = "not today" })
        ).Expect(HttpStatusCode.OK);
        await Rollouts.Until(fleet, campaign, "stopped");
        Assert.Null(software.Runs());
    }
}
