using Tillkeeper.Core.Campaigns;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Orders;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Campaigns;

/// <summary>Rollouts: from group to group, paused by errors, by people, and for good.</summary>
public sealed class RolloutTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task The_next_group_begins_when_enough_of_the_one_before_succeeded()
    {
        using var fleet = await Fleet.Enrol(server, 5);
        var artifact = await fleet.Store("1.0");
        var campaign = await fleet.Start(
            artifact,
            Fleet.Group(0.4, 1, 0.5),
            Fleet.Group(1, 1, 0.5)
        );
        var canaries = await fleet.At(campaign, "offered");
        Assert.Equal(2, canaries.Count);

        await Fleet.Report(canaries[0], campaign, UpdateStep.Done);
        await fleet.Rounds();
        Assert.Equal(3, (await fleet.At(campaign, "planned")).Count);

        await Fleet.Report(canaries[1], campaign, UpdateStep.Done);
        await fleet.Rounds();
        var rest = await fleet.At(campaign, "offered");
        Assert.Equal(3, rest.Count);

        foreach (var terminal in rest)
        {
            await Fleet.Report(terminal, campaign, UpdateStep.Done);
        }
        Assert.Equal("finished", (await fleet.Show(campaign)).Text("status"));
    }

    [Fact]
    public async Task Too_many_errors_pause_it_and_reach_those_who_have_not_begun()
    {
        using var fleet = await Fleet.Enrol(server, 4);
        var artifact = await fleet.Store("1.0");
        var campaign = await fleet.Start(
            artifact,
            Fleet.Group(0.75, 1, 0.3),
            Fleet.Group(1, 1, 0.3)
        );
        var offered = await fleet.At(campaign, "offered");
        Assert.Equal(3, offered.Count);

        await Fleet.Report(offered[0], campaign, UpdateStep.RolledBack, "health_check_failed");
        var shown = await fleet.Show(campaign);
        Assert.Equal(("paused", "too_many_errors"), (shown.Text("status"), shown.Text("reason")));
        Assert.True(shown.Json.GetProperty("pausedItself").GetBoolean());
        Assert.Contains(
            campaign,
            (await fleet.Manager.Get("/api/v1/alerts?kind=campaign_paused&limit=200")).Body,
            StringComparison.Ordinal
        );

        await fleet.Rounds();
        Assert.Equal(2, (await fleet.At(campaign, "stopping")).Count);
        foreach (var waiting in offered.Skip(1))
        {
            Assert.Contains(
                await waiting.Orders(),
                o => o.Kind == OrderKind.UpdateStop && o.Campaign == campaign
            );
            await Fleet.Report(waiting, campaign, UpdateStep.Stopped);
        }
        await fleet.Rounds();
        // Those that were stopped are planned again, the one of the next group still is.
        Assert.Equal(3, (await fleet.At(campaign, "planned")).Count);

        await Resume(fleet, campaign);
        Assert.Equal(2, (await fleet.At(campaign, "offered")).Count);
        await Fleet.Report(offered[1], campaign, UpdateStep.Done);
        Assert.Equal("running", (await fleet.Show(campaign)).Text("status"));
        await Fleet.Report(offered[2], campaign, UpdateStep.Failed, "installer_failed");
        Assert.Equal("paused", (await fleet.Show(campaign)).Text("status"));
    }

    [Fact]
    public async Task A_campaign_that_was_stopped_offers_nothing_more_and_stays_stopped()
    {
        using var fleet = await Fleet.Enrol(server, 2);
        var artifact = await fleet.Store("1.0");
        var campaign = await fleet.Start(artifact, Fleet.Group(0.5, 1, 1), Fleet.Group(1, 1, 1));
        var offered = Assert.Single(await fleet.At(campaign, "offered"));
        await Act(fleet, campaign, "stop", 200);
        await fleet.Rounds();
        await Fleet.Report(offered, campaign, UpdateStep.Stopped);
        Assert.Single(await fleet.At(campaign, "stopped"));
        Assert.Single(await fleet.At(campaign, "planned"));
        await Act(fleet, campaign, "resume", 409);
        await Act(fleet, campaign, "pause", 409);
        await Act(fleet, campaign, "stop", 409);
    }

    [Fact]
    public async Task A_terminal_that_refuses_counts_as_an_error_and_says_why()
    {
        using var fleet = await Fleet.Enrol(server, 1);
        var campaign = await fleet.Start(await fleet.Store("1.0"));
        var terminal = fleet.Terminals[0];
        await terminal.Report(new OrderRefused(1, OrderKind.Update, "no_installer"));
        var listed = await fleet.Manager.Get($"/api/v1/campaigns/{campaign}/terminals");
        var row = listed.Expect(200).Json.GetProperty("items")[0];
        Assert.Equal("refused", row.GetProperty("step").GetString());
        Assert.Equal("no_installer", row.GetProperty("code").GetString());
        Assert.Equal("paused", (await fleet.Show(campaign)).Text("status"));
    }

    [Fact]
    public async Task Versions_go_back_only_when_two_people_order_it()
    {
        using var fleet = await Fleet.Enrol(server, 1);
        var terminal = fleet.Terminals[0];
        await terminal.Report(new SoftwareFound("2.0", "2.0-factory.1"));
        var artifact = await fleet.Store("1.9");
        var body = new
        {
            name = "Back",
            artifact,
            selector = new { merchantId = fleet.Merchant },
        };
        (await fleet.Manager.Post("/api/v1/campaigns", body)).Refuses(409, "older_version");
        var counted = await fleet.Manager.Post("/api/v1/campaigns?preview=true", body);
        Assert.Equal(1, counted.Expect(200).Json.GetProperty("goingBack").GetInt32());

        var proposed = await fleet.Manager.Post(
            "/api/v1/campaigns",
            new
            {
                body.name,
                body.artifact,
                body.selector,
                downgrade = true,
                reason = "2.0 loses receipts",
            }
        );
        proposed.Refuses(409, "second_person_required");
        var campaign = proposed.Text("id");
        await fleet.Rounds();
        Assert.Empty(await terminal.Orders());
        (
            await fleet.Manager.Post($"/api/v1/campaigns/{campaign}/resume", new { reason = "me" })
        ).Refuses(409, "second_person_required");
        await fleet.Rounds();
        Assert.Empty(await terminal.Orders());

        var second = await server.Person("fleet");
        (
            await second.Post($"/api/v1/campaigns/{campaign}/resume", new { reason = "agreed" })
        ).Expect(200);
        await fleet.Rounds();
        var update = await Fleet.Ordered(terminal);
        Assert.True(update.MayGoBack);
        Assert.Contains(second.Id, update.DowngradeBy);
    }

    [Fact]
    public async Task A_newer_campaign_takes_the_place_of_one_that_has_not_begun()
    {
        using var fleet = await Fleet.Enrol(server, 1);
        var first = await fleet.Start(await fleet.Store("1.0"));
        var second = await fleet.Start(await fleet.Store("1.1"));
        Assert.Single(await fleet.At(first, "stopped"));
        Assert.Single(await fleet.At(second, "offered"));
        await Fleet.Report(fleet.Terminals[0], second, UpdateStep.Installing);
        Assert.Single(await fleet.At(second, "installing"));
        var third = await fleet.Start(await fleet.Store("1.2"));
        Assert.Single(await fleet.At(third, "stopped"));
    }

    [Fact]
    public async Task A_terminal_that_enrols_again_is_offered_its_update_again()
    {
        using var fleet = await Fleet.Enrol(server, 1);
        var terminal = fleet.Terminals[0];
        var campaign = await fleet.Start(await fleet.Store("1.0"));
        await Fleet.Report(terminal, campaign, UpdateStep.Downloading);
        var code = await fleet.Manager.Post(
            $"/api/v1/terminals/{terminal.Id}/enrolment-codes",
            new { }
        );
        (await terminal.Enrol(code.Expect(201).Text("enrolmentCode"))).Expect(201);
        await fleet.Rounds();
        Assert.Equal(campaign, (await Fleet.Ordered(terminal)).Campaign);
        Assert.Single(await fleet.At(campaign, "offered"));
    }

    [Fact]
    public async Task An_update_that_waits_for_the_batch_is_an_alert_until_it_goes_on()
    {
        using var fleet = await Fleet.Enrol(server, 1);
        var terminal = fleet.Terminals[0];
        var campaign = await fleet.Start(await fleet.Store("1.0"));
        await Fleet.Report(terminal, campaign, UpdateStep.Waiting, UpdateGate.Batch);
        Assert.Contains(terminal.Id, await Open(fleet), StringComparison.Ordinal);
        await Fleet.Report(terminal, campaign, UpdateStep.Locking);
        Assert.DoesNotContain(terminal.Id, await Open(fleet), StringComparison.Ordinal);
    }

    private static async Task<string> Open(Fleet fleet) =>
        (await fleet.Manager.Get("/api/v1/alerts?kind=update_waits_for_batch&state=open&limit=200"))
            .Expect(200)
            .Body;

    private static Task Resume(Fleet fleet, string campaign) => Act(fleet, campaign, "resume", 200);

    private static async Task Act(Fleet fleet, string campaign, string verb, int status)
    {
        (
            await fleet.Manager.Post(
                $"/api/v1/campaigns/{campaign}/{verb}",
                new { reason = "because" }
            )
        ).Expect(status);
        await fleet.Rounds();
    }
}
