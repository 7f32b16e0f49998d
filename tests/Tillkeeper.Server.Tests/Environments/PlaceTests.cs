using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Environments;

/// <summary>C6, C7 and W9: registered places, announced moves, journeys that nothing makes.</summary>
public sealed class PlaceTests
{
    private static readonly object Shanghai = new
    {
        location = new
        {
            lat = 31.2304,
            lon = 121.4737,
            radiusM = 200,
        },
    };

    [Fact]
    public async Task A_terminal_away_from_its_place_is_found_after_a_while_and_only_people_release_its_lock()
    {
        await using var stand = await Stand.Open("location: {then: lock}\n", Shanghai);
        await stand.Beat(stand.At(31.2304, 121.4737));

        await stand.Beat(stand.At(31.2504, 121.4737));
        stand.Time.Now += TimeSpan.FromMinutes(20);
        await stand.Beat(stand.At(31.2504, 121.4737));
        Assert.Empty(await stand.Locks());
        stand.Time.Now += TimeSpan.FromMinutes(11);
        await stand.Beat(stand.At(31.2504, 121.4737));

        var raised = Assert.Single(await stand.Locks());
        Assert.Equal("location_anomaly", raised.GetProperty("cause").GetString());
        Assert.Equal(
            "2224",
            raised.GetProperty("evidence").GetProperty("facts").GetProperty("metres").GetString()
        );

        // Back at its place: the finding is over, the lock waits for people.
        await stand.Beat(stand.At(31.2304, 121.4737));
        stand.Time.Now += TimeSpan.FromMinutes(31);
        await stand.Beat(stand.At(31.2304, 121.4737));
        Assert.Single(await stand.Events("terminal.rule_cleared.v1"));
        Assert.Single(await stand.Locks());
    }

    [Fact]
    public async Task A_position_that_is_old_or_unsure_proves_nothing()
    {
        await using var stand = await Stand.Open("location: {then: lock, dwell: PT0S}\n", Shanghai);
        var old = stand.At(39.9, 116.4);
        stand.Time.Now += TimeSpan.FromMinutes(16);

        await stand.Beat(old);
        await stand.Beat(stand.At(31.2504, 121.4737, 3000));

        Assert.Empty(await stand.Locks());
    }

    [Fact]
    public async Task A_journey_that_nothing_makes_is_found_and_one_by_air_is_not()
    {
        await using var stand = await Stand.Open();
        await stand.Beat(stand.At(31.2304, 121.4737));
        stand.Time.Now += TimeSpan.FromHours(3);
        await stand.Beat(stand.At(39.9042, 116.4074));
        Assert.Empty(await stand.Events("terminal.rule_found.v1"));

        stand.Time.Now += TimeSpan.FromMinutes(5);
        await stand.Beat(stand.At(31.2304, 121.4737));

        var found = Assert.Single(await stand.Events("terminal.rule_found.v1"));
        Assert.Equal("impossible_travel", found.GetProperty("rule").GetString());
        Assert.Equal(
            "5",
            found.GetProperty("evidence").GetProperty("facts").GetProperty("minutes").GetString()
        );
    }

    [Fact]
    public async Task A_move_announced_beforehand_does_not_lock_and_the_registered_place_follows()
    {
        await using var stand = await Stand.Open("location: {then: lock, dwell: PT0S}\n", Shanghai);
        var fleet = await stand.Server.Person("fleet");
        var move = new
        {
            from = stand.Time.Now,
            until = stand.Time.Now.AddDays(3),
            location = new
            {
                lat = 31.2504,
                lon = 121.4737,
                radiusM = 150,
            },
            address = "88 Renmin Road, Shanghai",
            reason = "the lease ends",
        };
        (await fleet.Post($"{stand.Path}/moves", move)).Expect(201);
        (await fleet.Post($"{stand.Path}/moves", move)).Refuses(409, "move_exists");

        await stand.Beat(stand.At(31.2504, 121.4737));

        Assert.Empty(await stand.Locks());
        var shown = await stand.Show();
        Assert.Equal(31.2504, shown.GetProperty("location").GetProperty("lat").GetDouble());
        Assert.False(shown.TryGetProperty("move", out _));
        Assert.Single(
            await stand.Events("terminal.changed.v1"),
            e => e.GetRawText().Contains("31.2504", StringComparison.Ordinal)
        );

        // The old place is now the strange one.
        await stand.Beat(stand.At(31.2304, 121.4737));
        Assert.Single(await stand.Locks());
    }

    [Fact]
    public async Task A_move_that_the_shop_asks_for_counts_once_two_others_have_agreed()
    {
        await using var stand = await Stand.Open("location: {then: lock, dwell: PT0S}\n", Shanghai);
        var keeper = await stand.Server.Person("merchant", stand.Merchant);
        var (fleet, admin) = (await stand.Server.Person("fleet"), stand.Server.Admin);
        var at = $"{stand.Path}/moves";
        var agreed = new { reason = "the lease is known" };
        (await fleet.Post($"{at}/approval", agreed)).Refuses(404, "not_found");
        var asked = await keeper.Post(at, ShopBindings.Move(stand.Time.Now));
        Assert.Equal("requested", asked.Expect(201).Text("status"));
        (await admin.Post(at, ShopBindings.Move(stand.Time.Now))).Refuses(409, "move_exists");
        (await keeper.Post($"{at}/approval", agreed)).Refuses(403, "forbidden");
        (await fleet.Post($"{at}/approval", agreed)).Refuses(409, "second_person_required");
        (await fleet.Post($"{at}/approval", agreed)).Refuses(409, "second_person_required");
        Assert.Equal("requested", await StatusAsync(stand));

        (await admin.Post($"{at}/approval", agreed)).Expect(204);

        Assert.Equal("approved", await StatusAsync(stand));
        await stand.Beat(stand.At(31.2504, 121.4737));
        Assert.Empty(await stand.Locks());
    }

    [Fact]
    public async Task A_move_that_one_person_alone_agreed_to_locks_like_any_other()
    {
        await using var stand = await Stand.Open("location: {then: lock, dwell: PT0S}\n", Shanghai);
        var helpdesk = await stand.Server.Person("helpdesk");
        await helpdesk.Post($"{stand.Path}/moves", ShopBindings.Move(stand.Time.Now));
        var fleet = await stand.Server.Person("fleet");
        await fleet.Post($"{stand.Path}/moves/approval", new { reason = "known" });

        await stand.Beat(stand.At(31.2504, 121.4737));

        Assert.Single(await stand.Locks());
        stand.Time.Now += TimeSpan.FromDays(4);
        (
            await stand.Server.Admin.Post($"{stand.Path}/moves/approval", new { reason = "late" })
        ).Refuses(409, "move_over");
    }

    private static async Task<string?> StatusAsync(Stand stand) =>
        (await stand.Show()).GetProperty("move").GetProperty("status").GetString();

    [Fact]
    public async Task During_a_move_another_place_than_the_announced_one_still_counts()
    {
        await using var stand = await Stand.Open("location: {then: lock, dwell: PT0S}\n", Shanghai);
        await stand.Server.Admin.Post(
            $"{stand.Path}/moves",
            new
            {
                from = stand.Time.Now,
                until = stand.Time.Now.AddDays(3),
                location = new
                {
                    lat = 31.2504,
                    lon = 121.4737,
                    radiusM = 150,
                },
                address = "88 Renmin Road",
                reason = "moving",
            }
        );

        await stand.Beat(stand.At(31.9, 121.4737));

        Assert.Single(await stand.Locks());
    }

    [Fact]
    public async Task At_an_announced_network_the_environment_is_learnt_anew()
    {
        await using var stand = await Stand.Settled("environment: {then: lock, dwell: PT0S}\n");
        var move = new
        {
            from = stand.Time.Now,
            until = stand.Time.Now.AddDays(3),
            networks = new[] { "10.77.0.0/16" },
            address = "88 Renmin Road",
            reason = "moving",
        };
        (await stand.Server.Admin.Post($"{stand.Path}/moves", move)).Expect(201);
        Assert.Equal(
            JsonValueOf(move.networks),
            (await stand.Show()).GetProperty("move").GetProperty("networks").GetRawText()
        );

        await stand.Beat(Stand.Router("10.77.0.1", "02:77:00:00:00:01", "New Shop"));

        Assert.Empty(await stand.Locks());
        Assert.Equal(
            JsonValueOf(move.networks),
            (await stand.Show()).GetProperty("networks").GetRawText()
        );
        Assert.DoesNotContain(
            "Renmin",
            await stand.Server.Admin.Client.GetStringAsync($"{stand.Path}/events"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_move_says_when_where_and_why_and_can_be_withdrawn()
    {
        await using var stand = await Stand.Open();
        var admin = stand.Server.Admin;
        var (from, until) = (stand.Time.Now, stand.Time.Now.AddDays(1));
        var networks = new[] { "10.0.0.0/8" };
        const string Where = "88 Renmin Road";

        (
            await admin.Post(
                $"{stand.Path}/moves",
                new
                {
                    from,
                    until,
                    networks,
                    reason = "x",
                }
            )
        ).Refuses(422, "invalid", "address");
        (
            await admin.Post(
                $"{stand.Path}/moves",
                new
                {
                    from,
                    until,
                    networks,
                    address = Where,
                }
            )
        ).Refuses(422, "invalid", "reason");
        (
            await admin.Post(
                $"{stand.Path}/moves",
                new
                {
                    from,
                    until,
                    address = Where,
                    reason = "x",
                }
            )
        ).Refuses(422, "invalid", "location");
        (
            await admin.Post(
                $"{stand.Path}/moves",
                new
                {
                    from = until,
                    until = from,
                    networks,
                    address = Where,
                    reason = "x",
                }
            )
        ).Refuses(422, "invalid", "until");
        (await admin.Delete($"{stand.Path}/moves")).Expect(404);
        (
            await admin.Post(
                $"{stand.Path}/moves",
                new
                {
                    from,
                    until,
                    networks,
                    address = Where,
                    reason = "x",
                }
            )
        ).Expect(201);
        (await admin.Delete($"{stand.Path}/moves")).Expect(204);
        Assert.False((await stand.Show()).TryGetProperty("move", out _));
    }

    private static string JsonValueOf(string[] networks) =>
        System.Text.Json.JsonSerializer.Serialize(networks);
}
