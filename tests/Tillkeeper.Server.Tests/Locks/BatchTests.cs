using System.Text.Json;
using Tillkeeper.Server.Tests.Isolation;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Locks;

/// <summary><c>POST /api/v1/locks</c>: one lock for many terminals.</summary>
public sealed class BatchTests(RunningServer server) : IClassFixture<RunningServer>
{
    private static object Body(object selector) =>
        new
        {
            selector,
            cause = "maintenance",
            reason = "firmware",
        };

    private async Task<(string Merchant, DoorTerminal[] Terminals)> ShopAsync(int terminals)
    {
        var merchant = await Shop.NewMerchant(server, null);
        List<DoorTerminal> made = [];
        for (var i = 0; i < terminals; i++)
        {
            made.Add(await DoorTerminal.Enrol(server, merchant));
        }
        return (merchant, [.. made]);
    }

    private async Task<(int Terminals, int Pending, int Confirmed, int Failed)> StatusAsync(
        string batch
    )
    {
        var shown = (await server.Admin.Get($"/api/v1/locks/batches/{batch}")).Expect(200).Json;
        int Of(string name) => shown.GetProperty(name).GetInt32();
        return (Of("terminals"), Of("pending"), Of("confirmed"), Of("failed"));
    }

    [Fact]
    public async Task A_preview_counts_and_orders_nothing()
    {
        var (merchant, _) = await ShopAsync(3);
        var before = LogHeads.Of(server);
        var counted = await server.Admin.Post(
            "/api/v1/locks?preview=true",
            Body(new { merchantId = merchant })
        );
        Assert.Equal(3, counted.Expect(200).Json.GetProperty("terminals").GetInt32());
        Assert.Equal(before, LogHeads.Of(server));
    }

    [Fact]
    public async Task A_batch_goes_from_pending_to_confirmed_or_failed_terminal_by_terminal()
    {
        var (merchant, terminals) = await ShopAsync(3);
        var ordered = await server.Admin.Post("/api/v1/locks", Body(new { merchantId = merchant }));
        var batch = ordered.Expect(202).Text("batchId");
        Assert.Equal(3, ordered.Json.GetProperty("terminals").GetInt32());
        Assert.Equal((3, 3, 0, 0), await StatusAsync(batch));
        await terminals[0].ApplyAll();
        Assert.Equal((3, 2, 1, 0), await StatusAsync(batch));
        await server.Admin.Post(
            $"/api/v1/terminals/{terminals[1].Id}/revoke",
            new { reason = "stolen" }
        );
        Assert.Equal((3, 1, 1, 1), await StatusAsync(batch));
        await terminals[2].ApplyAll();
        Assert.Equal((3, 0, 2, 1), await StatusAsync(batch));
    }

    [Fact]
    public async Task One_bad_id_among_many_orders_nothing_at_all()
    {
        var (_, terminals) = await ShopAsync(2);
        var before = LogHeads.Of(server);
        foreach (
            var bad in new[] { "0000000000", "", "'", terminals[0].Id.ToLowerInvariant() + "x" }
        )
        {
            string[] named = [terminals[0].Id, bad, terminals[1].Id];
            var answer = await server.Admin.Post("/api/v1/locks", Body(new { terminals = named }));
            answer.Refuses(404, "not_found");
        }
        var nothing = await server.Admin.Post(
            "/api/v1/locks",
            Body(new { terminals = new string?[] { null } })
        );
        Assert.InRange(nothing.Status, 404, 422);
        Assert.Equal(before, LogHeads.Of(server));
    }

    [Fact]
    public async Task Parts_of_a_selector_narrow_each_other()
    {
        var org = await Tree.NewOrg(server, "Gamma");
        var merchant = await Shop.NewMerchant(server, org);
        using var inside = await DoorTerminal.Enrol(server, merchant);
        var (_, outside) = await ShopAsync(1);
        string[] both = [inside.Id, outside[0].Id];
        await CountAsync(1, new { org });
        await CountAsync(1, new { org, model = "T1" });
        await CountAsync(0, new { org, model = "T2" });
        await CountAsync(1, new { merchantId = merchant, terminals = new[] { inside.Id } });
        await CountAsync(2, new { terminals = (string[])[.. both, .. both] });
        var narrowed = await server.Admin.Post(
            "/api/v1/locks?preview=true",
            Body(new { org, terminals = both })
        );
        narrowed.Refuses(404, "not_found");
    }

    [Fact]
    public async Task A_merchant_or_org_that_is_not_there_is_not_found()
    {
        foreach (
            var selector in new object[]
            {
                new { merchantId = "0000000000" },
                new { org = "0000000000" },
            }
        )
        {
            (await server.Admin.Post("/api/v1/locks", Body(selector))).Refuses(404, "not_found");
        }
    }

    [Fact]
    public async Task An_empty_selector_is_never_everything()
    {
        var before = LogHeads.Of(server);
        foreach (var selector in new object?[] { null, new { } })
        {
            var answer = await server.Admin.Post("/api/v1/locks", Body(selector!));
            answer.Refuses(422, "invalid", "selector");
        }
        var none = await server.Admin.Post(
            "/api/v1/locks",
            Body(new { terminals = Array.Empty<string>() })
        );
        none.Refuses(422, "invalid", "selector.terminals");
        Assert.Equal(before, LogHeads.Of(server));
    }

    [Fact]
    public async Task The_version_is_what_the_terminal_said_at_its_start()
    {
        var (merchant, terminals) = await ShopAsync(2);
        terminals[0].Last = Line.After(
            null,
            "device.started.v1",
            JsonSerializer.Serialize(new { clock = new { boot = "b", ms = 1 }, program = "9.9.9" })
        );
        (await terminals[0].Send(terminals[0].Last!)).Expect(200);
        await CountAsync(1, new { merchantId = merchant, version = "9.9.9" });
    }

    private async Task CountAsync(int expected, object selector)
    {
        var counted = await server.Admin.Post("/api/v1/locks?preview=true", Body(selector));
        Assert.Equal(expected, counted.Expect(200).Json.GetProperty("terminals").GetInt32());
    }
}
