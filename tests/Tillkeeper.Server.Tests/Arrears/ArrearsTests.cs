using System.Text.Json;
using Tillkeeper.Core.Orders;
using Tillkeeper.Server.Tests.Locks;
using Tillkeeper.Server.Tests.Pki;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Arrears;

/// <summary>C7 and B10: arrears (欠费) lock only where a policy says so, only after notice, and only when its time is over.</summary>
public sealed class ArrearsTests
{
    private static readonly DateTimeOffset Morning = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);

    private static object Notice { get; } = new
    {
        amountDue = 120.5m,
        currency = "CNY",
        noticeText = "Please settle invoice 7 or call us.",
    };

    private sealed record World(
        FakeTime Clock,
        RunningServer Server,
        TestPerson Risk,
        string Merchant,
        DoorTerminal Terminal
    ) : IAsyncDisposable
    {
        public string Path => $"/api/v1/merchants/{Merchant}/arrears";

        public static async Task<World> Open(string arrears = "then: lock\n  notice: P14D")
        {
            FakeTime clock = new(Morning);
            var server = await RunningServer.StartAsync(clock);
            (
                await server.Admin.PutJson(
                    "/api/v1/policies/provider",
                    new { document = $"arrears:\n  {arrears}\n", reason = "trial" }
                )
            ).Expect(200);
            var merchant = await Shop.NewMerchant(server, null);
            return new World(
                clock,
                server,
                await server.Person("risk"),
                merchant,
                await DoorTerminal.Enrol(server, merchant)
            );
        }

        public async Task Pass(TimeSpan time)
        {
            Clock.Now += time;
            // A round tells one chunk; whatever is due after it is due in the next one.
            await Server.Fire();
            await Server.Fire();
        }

        public async Task<Order[]> LocksOrdered() =>
            [.. (await Terminal.Orders()).Where(o => o.Kind is "lock" or "release")];

        public async Task<JsonElement[]> Warnings() =>
            [
                .. (await Terminal.Heartbeat())
                    .Expect(200)
                    .Json.GetProperty("warnings")
                    .EnumerateArray(),
            ];

        public async ValueTask DisposeAsync()
        {
            Terminal.Dispose();
            await Server.DisposeAsync();
        }
    }

    [Fact]
    public async Task Without_notice_nothing_warns_and_nothing_locks_however_long_it_takes()
    {
        await using var world = await World.Open();

        await world.Pass(TimeSpan.FromDays(60));

        Assert.Empty(await world.Warnings());
        Assert.Empty(await world.LocksOrdered());
        var byHand = new { cause = "arrears", reason = "they owe us" };
        (await world.Risk.Post($"/api/v1/terminals/{world.Terminal.Id}/locks", byHand)).Refuses(
            422,
            "invalid",
            "cause"
        );
    }

    [Fact]
    public async Task Notice_warns_the_shops_terminals_at_once_and_locks_them_when_its_time_is_over()
    {
        await using var world = await World.Open();

        var given = (await world.Risk.Post(world.Path, Notice)).Expect(201);
        Assert.Equal(world.Risk.Id, given.Text("noticedBy"));
        var warning = Assert.Single(await world.Warnings());
        Assert.Equal("arrears", warning.GetProperty("rule").GetString());
        var facts = warning.GetProperty("facts");
        Assert.Equal("120.50 CNY", facts.GetProperty("amount").GetString());
        Assert.Equal("2026-11-22", facts.GetProperty("noticed").GetString());

        await world.Pass(TimeSpan.FromDays(14) - TimeSpan.FromSeconds(1));
        Assert.Empty(await world.LocksOrdered());
        await world.Pass(TimeSpan.FromSeconds(1));

        var order = Assert.Single(await world.LocksOrdered());
        Assert.Equal(Core.Locks.Cause.Anomaly, order.Lock!.Cause);
        Assert.Equal(Core.Rules.RuleName.Arrears, order.Lock.Evidence!.Rule);
        Assert.Equal("Please settle invoice 7 or call us.", order.Lock.Message);
        Assert.Empty(await world.Warnings());
    }

    [Fact]
    public async Task By_default_the_policy_only_warns_for_ever()
    {
        await using var world = await World.Open("mode: on");
        (await world.Risk.Post(world.Path, Notice)).Expect(201);

        for (var day = 0; day < 16; day++)
        {
            await world.Pass(TimeSpan.FromDays(1));
        }

        Assert.Empty(await world.LocksOrdered());
        Assert.Single(await world.Warnings());
    }

    [Fact]
    public async Task Settling_takes_the_warning_and_the_lock_away_by_itself()
    {
        await using var world = await World.Open();
        (await world.Risk.Post(world.Path, Notice)).Expect(201);
        await world.Pass(TimeSpan.FromDays(15));
        await world.Terminal.ApplyAll();

        (await world.Risk.Delete(world.Path)).Expect(204);

        Assert.Equal(["lock", "release"], (await world.LocksOrdered()).Select(o => o.Kind));
        (await world.Risk.Get(world.Path)).Refuses(404, "not_found");
        (await world.Risk.Delete(world.Path)).Refuses(404, "not_found");
        await world.Pass(TimeSpan.FromDays(30));
        Assert.Equal(2, (await world.LocksOrdered()).Length);
    }

    [Fact]
    public async Task A_policy_that_gives_less_time_takes_nothing_of_what_the_notice_gave()
    {
        await using var world = await World.Open();
        (await world.Risk.Post(world.Path, Notice)).Expect(201);
        (
            await world.Server.Admin.PutJson(
                "/api/v1/policies/provider",
                new { document = "arrears:\n  then: lock\n  notice: PT1H\n", reason = "faster" }
            )
        ).Expect(200);

        for (var day = 0; day < 13; day++)
        {
            await world.Pass(TimeSpan.FromDays(1));
        }

        Assert.Empty(await world.LocksOrdered());
    }

    [Fact]
    public async Task A_terminal_that_comes_meanwhile_is_told_within_a_day_and_one_that_leaves_is_let_go()
    {
        await using var world = await World.Open();
        (await world.Risk.Post(world.Path, Notice)).Expect(201);
        using var late = await DoorTerminal.Enrol(world.Server, world.Merchant);
        await world.Pass(TimeSpan.FromDays(1));
        Assert.Equal(1, (await late.Heartbeat()).Json.GetProperty("warnings").GetArrayLength());

        var serial = (await world.Risk.Get($"/api/v1/terminals/{late.Id}")).Text("serial");
        var elsewhere = new
        {
            merchantId = await Shop.NewMerchant(world.Server, null),
            model = "T1",
        };
        (
            await world.Server.Admin.PutJson($"/api/v1/terminals/by-serial/{serial}", elsewhere)
        ).Expect(200);

        Assert.Equal(0, (await late.Heartbeat()).Json.GetProperty("warnings").GetArrayLength());
    }

    [Fact]
    public async Task Every_terminal_of_a_large_merchant_is_told()
    {
        await using var world = await World.Open();
        for (var i = 0; i < 130; i++)
        {
            using var terminal = await DoorTerminal.Register(world.Server, world.Merchant);
        }
        (await world.Risk.Post(world.Path, Notice)).Expect(201);
        for (var i = 0; i < 4; i++)
        {
            await world.Pass(TimeSpan.FromSeconds(1));
        }
        await world.Pass(TimeSpan.FromDays(14));
        for (var i = 0; i < 4; i++)
        {
            await world.Pass(TimeSpan.FromSeconds(1));
        }

        var page = await world.Risk.Get($"/api/v1/terminals?merchant={world.Merchant}&limit=200");
        var ids = page
            .Json.GetProperty("items")
            .EnumerateArray()
            .Select(t => t.GetProperty("id").GetString());
        foreach (var id in ids)
        {
            // Told some at a time, and the server may be busy with the last of them: then a little more time passes.
            for (var round = 0; round < 20 && await LocksOf(id!) == 0; round++)
            {
                await world.Pass(TimeSpan.FromSeconds(1));
            }
            Assert.Equal(1, await LocksOf(id!));
        }

        async Task<int> LocksOf(string id) =>
            (await world.Risk.Get($"/api/v1/terminals/{id}"))
                .Json.GetProperty("locks")
                .GetArrayLength();
    }

    [Fact]
    public async Task A_notice_that_says_nothing_is_none()
    {
        await using var world = await World.Open();
        (decimal AmountDue, string Currency, string NoticeText, string Field)[] wrong =
        [
            (0, "CNY", "text", "amountDue"),
            (-5, "CNY", "text", "amountDue"),
            (5, "cny", "text", "currency"),
            (5, "Yuan", "text", "currency"),
            (5, "CNY", "", "noticeText"),
        ];
        foreach (var (amountDue, currency, noticeText, field) in wrong)
        {
            var body = new
            {
                amountDue,
                currency,
                noticeText,
            };
            (await world.Risk.Post(world.Path, body)).Refuses(422, "invalid", field);
        }

        (await world.Risk.Post(world.Path, Notice)).Expect(201);
        (await world.Risk.Post(world.Path, new { })).Refuses(409, "notice_given");
    }
}
