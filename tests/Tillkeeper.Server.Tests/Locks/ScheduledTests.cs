using Tillkeeper.Server.Tests.Pki;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Locks;

/// <summary>C7: locks for later. What is carried out is what still holds when their time comes.</summary>
public sealed class ScheduledTests
{
    private static readonly DateTimeOffset Morning = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);

    private static object Tonight(object? selector = null) =>
        new
        {
            selector,
            cause = "maintenance",
            reason = "new router",
            at = Morning.AddHours(12),
        };

    private static async Task<string> Schedule(TestPerson by, string path, object body) =>
        (await by.Post(path, body)).Expect(202).Text("batchId");

    private static async Task<string[]> Waiting(TestPerson person) =>
        [
            .. (await person.Get("/api/v1/locks/scheduled"))
                .Expect(200)
                .Json.GetProperty("items")
                .EnumerateArray()
                .Select(i => i.GetProperty("id").GetString()!),
        ];

    [Fact]
    public async Task It_begins_at_its_time_and_not_before()
    {
        FakeTime clock = new(Morning);
        await using var server = await RunningServer.StartAsync(clock);
        var merchant = await Shop.NewMerchant(server, null);
        using var terminal = await DoorTerminal.Enrol(server, merchant);
        var risk = await server.Person("risk");
        var batch = await Schedule(risk, $"/api/v1/terminals/{terminal.Id}/locks", Tonight());
        Assert.Equal([batch], await Waiting(risk));
        Assert.Empty(await terminal.Orders());

        clock.Now = Morning.AddHours(12).AddSeconds(-1);
        await server.Fire();
        Assert.Empty(await terminal.Orders());

        clock.Now = Morning.AddHours(12);
        await server.Fire();

        var order = Assert.Single(await terminal.Orders());
        Assert.Equal(Core.Locks.Cause.Maintenance, order.Lock!.Cause);
        Assert.Empty(await Waiting(risk));
        Assert.Equal(
            "ordered",
            (await risk.Get($"/api/v1/locks/batches/{batch}")).Expect(200).Text("status")
        );
    }

    [Fact]
    public async Task A_selector_is_judged_anew_and_never_reaches_more_than_were_counted()
    {
        FakeTime clock = new(Morning);
        await using var server = await RunningServer.StartAsync(clock);
        var merchant = await Shop.NewMerchant(server, null);
        using var staying = await DoorTerminal.Enrol(server, merchant);
        using var leaving = await DoorTerminal.Enrol(server, merchant);
        var batch = await Schedule(
            server.Admin,
            "/api/v1/locks",
            Tonight(new { merchantId = merchant })
        );
        var elsewhere = new { merchantId = await Shop.NewMerchant(server, null), model = "T1" };
        var serial = (await server.Admin.Get($"/api/v1/terminals/{leaving.Id}")).Text("serial");
        (await server.Admin.PutJson($"/api/v1/terminals/by-serial/{serial}", elsewhere)).Expect(
            200
        );
        using var first = await DoorTerminal.Enrol(server, merchant);
        using var second = await DoorTerminal.Enrol(server, merchant);

        clock.Now = Morning.AddHours(12);
        await server.Fire();

        await Batches.Until(server, batch, "ordered");
        Assert.Empty(await leaving.Orders());
        var reached = 0;
        foreach (var terminal in (DoorTerminal[])[staying, first, second])
        {
            reached += (await terminal.Orders()).Count;
        }
        Assert.Equal(2, reached);
    }

    [Fact]
    public async Task Whoever_lost_the_right_locks_nothing_and_somebody_is_told()
    {
        FakeTime clock = new(Morning);
        await using var server = await RunningServer.StartAsync(clock);
        var merchant = await Shop.NewMerchant(server, null);
        using var terminal = await DoorTerminal.Enrol(server, merchant);
        var risk = await server.Person("risk");
        var batch = await Schedule(risk, $"/api/v1/terminals/{terminal.Id}/locks", Tonight());
        (await server.Admin.Delete($"/api/v1/keys/{risk.Id}")).Expect(204);

        clock.Now = Morning.AddHours(12);
        await server.Fire();

        Assert.Empty(await terminal.Orders());
        var shown = await Batches.Until(server, batch, "dropped");
        Assert.Equal("no_right", shown.GetProperty("details").GetProperty("why").GetString());
        var alerts = await server.Admin.Get("/api/v1/alerts?kind=scheduled_lock_dropped");
        Assert.Equal(1, alerts.Json.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Cancelled_it_never_happens_and_counts_against_nobody()
    {
        FakeTime clock = new(Morning);
        await using var server = await RunningServer.StartAsync(clock);
        var merchant = await Shop.NewMerchant(server, null);
        using var terminal = await DoorTerminal.Enrol(server, merchant);
        var (risk, fleet) = (await server.Person("risk"), await server.Person("fleet"));
        var path = $"/api/v1/terminals/{terminal.Id}/locks";
        for (var i = 0; i < 30; i++)
        {
            var batch = await Schedule(risk, path, Tonight());
            (await fleet.Delete($"/api/v1/locks/scheduled/{batch}")).Expect(204);
            (await fleet.Delete($"/api/v1/locks/scheduled/{batch}")).Refuses(409, "not_scheduled");
        }

        clock.Now = Morning.AddHours(12);
        await server.Fire();

        Assert.Empty(await terminal.Orders());
        Assert.Empty(await Waiting(risk));
    }

    [Fact]
    public async Task The_limit_counts_them_in_the_hour_in_which_they_begin()
    {
        FakeTime clock = new(Morning);
        await using var server = await RunningServer.StartAsync(clock);
        var merchant = await Shop.NewMerchant(server, null);
        using var terminal = await DoorTerminal.Enrol(server, merchant);
        var risk = await server.Person("risk");
        var path = $"/api/v1/terminals/{terminal.Id}/locks";
        for (var i = 0; i < 20; i++)
        {
            await Schedule(risk, path, Tonight());
        }

        (await risk.Post(path, Tonight())).Refuses(409, "second_person_required");
        (await risk.Post(path, new { cause = "remote", reason = "now" })).Expect(202);

        clock.Now = Morning.AddHours(11).AddMinutes(30);
        (await risk.Post(path, new { cause = "remote", reason = "now" })).Refuses(
            409,
            "second_person_required"
        );
    }

    [Fact]
    public async Task What_waits_for_a_second_person_lapses_after_a_day()
    {
        FakeTime clock = new(Morning);
        await using var server = await RunningServer.StartAsync(clock);
        var merchant = await Shop.NewMerchant(server, null);
        using var terminal = await DoorTerminal.Enrol(server, merchant);
        var (one, other) = (await server.Person("risk"), await server.Person("risk"));
        var body = new
        {
            cause = "remote",
            reason = "because",
            secondPerson = true,
        };
        var batch = await Schedule(one, $"/api/v1/terminals/{terminal.Id}/locks", body);

        clock.Now = Morning.AddHours(24);
        await server.Fire();

        (await other.Post($"/api/v1/locks/batches/{batch}/approve", new { })).Refuses(
            409,
            "not_awaiting"
        );
        Assert.Empty(await terminal.Orders());
    }

    [Fact]
    public async Task A_time_that_is_past_or_very_far_away_is_refused()
    {
        FakeTime clock = new(Morning);
        await using var server = await RunningServer.StartAsync(clock);
        var merchant = await Shop.NewMerchant(server, null);
        using var terminal = await DoorTerminal.Register(server, merchant);
        foreach (var minutes in (int[])[-1, 0, 60 * 24 * 91])
        {
            var body = new
            {
                cause = "remote",
                reason = "because",
                at = Morning.AddMinutes(minutes),
            };
            (await server.Admin.Post($"/api/v1/terminals/{terminal.Id}/locks", body)).Refuses(
                422,
                "invalid",
                "at"
            );
        }
    }

    [Fact]
    public async Task A_shop_is_not_told_before_it_happens()
    {
        FakeTime clock = new(Morning);
        await using var server = await RunningServer.StartAsync(clock);
        var merchant = await Shop.NewMerchant(server, null);
        using var terminal = await DoorTerminal.Enrol(server, merchant);
        var keeper = await server.Person("merchant", merchant);
        var batch = await Schedule(
            server.Admin,
            $"/api/v1/terminals/{terminal.Id}/locks",
            Tonight()
        );

        Assert.Empty(await Waiting(keeper));
        (await keeper.Get($"/api/v1/locks/batches/{batch}")).Refuses(404, "not_found");
    }
}
