using Microsoft.Playwright;
using Tillkeeper.Core.Campaigns;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Pages.Harness;
using Tillkeeper.Server.Tests.Campaigns;
using Tillkeeper.Server.Tests.Running;
using Lock = Tillkeeper.Core.Locks.Lock;

namespace Tillkeeper.Pages.Readers;

/// <summary>What a provider's morning might look like: six shops of two agents, four of them locked, a rollout under way.</summary>
internal sealed class Town : IDisposable
{
    private static readonly string[] Names =
    [
        "莲花茶馆 Lotus Tea House",
        "西湖书店 West Lake Books",
        "晨光面包 Morning Bakery",
        "翠玉药房 Jade Pharmacy",
        "蜀香面馆 Shuxiang Noodles",
        "老街杂货 Old Street Grocer",
    ];

    private readonly RunningServer server;
    private readonly List<DoorTerminal> tills = [];
    private readonly List<string> merchants = [];
    private Fleet? chain;

    private Town(RunningServer server) => this.server = server;

    /// <summary>The owner of the first shop.</summary>
    public TestPerson Owner { get; private set; } = null!;

    /// <summary>Somebody of the helpdesk who had no part in any case.</summary>
    public TestPerson Helpdesk { get; private set; } = null!;
    public string Till => tills[0].Id;
    public string Case { get; private set; } = "";
    public string Campaign { get; private set; } = "";

    public static async Task<Town> Open(Site site)
    {
        Town town = new(site.Server);
        await town.Shops();
        await town.Locks();
        await town.Cases(
            await Paper(site, "营业执照", "莲花茶馆 Lotus Tea House<br>法定代表人：张三"),
            await Paper(site, "居民身份证", "姓名：张三<br>住址：样本路88号")
        );
        await town.Rollout();
        return town;
    }

    public void Dispose()
    {
        chain?.Dispose();
        tills.ForEach(t => t.Dispose());
    }

    private async Task Shops()
    {
        var east = await Tree.NewOrg(server, "华东代理 East China Agent");
        var west = await Tree.NewOrg(server, "西南代理 Southwest Agent");
        foreach (var (i, name) in Names.Index())
        {
            var merchant = await Shop.NewMerchant(server, i < 4 ? east : west, name);
            merchants.Add(merchant);
            var serial = $"TK-A100-00000{i + 1}";
            var till = await DoorTerminal.Enrol(server, merchant, serial, "A100");
            var bought = new
            {
                merchantId = merchant,
                model = "A100",
                warranty = new { purchasedOn = "2026-03-02", months = 24 },
            };
            (await server.Admin.PutJson($"/api/v1/terminals/by-serial/{serial}", bought)).Expect(
                200
            );
            (await till.Heartbeat()).Expect(200);
            tills.Add(till);
        }
        var second = await DoorTerminal.Enrol(server, merchants[0], "TK-A100-000007", "A100");
        (await second.Heartbeat()).Expect(200);
        tills.Add(second);
        await Server.Tests.Announcements.Announcing.Announce(server, merchants[0]);
        Owner = await server.Person("merchant", merchants[0], "张三 Zhang San");
        Helpdesk = await server.Person("helpdesk", name: "王伟 Wang Wei");
    }

    private async Task Locks()
    {
        await Raise(tills[0], Cause.WrongPassword, 18);
        await Raise(tills[1], Cause.HardwareFault, 42);
        await Raise(tills[3], Cause.LocationAnomaly, 131);
        var risk = await server.Person("risk", name: "赵敏 Zhao Min");
        await Order(risk, tills[2], "remote", "Refund burst, calling the shop");
        await Order(risk, tills[0], "remote", "Refund burst, calling the shop");
        await tills[0].ApplyAll();
        foreach (var till in (DoorTerminal[])[tills[4], tills[5]])
        {
            var id = await Raise(till, Cause.WrongPassword, 65);
            await till.Report(new LockEnded(id, WayOut.ManagerSignIn, Shop.Clock));
        }
    }

    private static async Task Order(TestPerson who, DoorTerminal till, string cause, string reason)
    {
        var path = $"/api/v1/terminals/{till.Id}/locks";
        (await who.Post(path, new { cause, reason })).Expect(202);
    }

    private async Task<string> Raise(DoorTerminal till, Cause cause, int minutesAgo)
    {
        var onOperator = cause == Cause.WrongPassword;
        Lock raised = new()
        {
            Id = TestTerminal.NewId(),
            Cause = cause,
            Subject = onOperator ? Subject.OfOperator("03") : Subject.Terminal,
            Scope = LockTable.Of(cause).Scope,
            Owner = LockOwner.Terminal,
            Status = LockStatus.Confirmed,
            Since = server.Clock.GetUtcNow().AddMinutes(-minutesAgo),
            WaysOut = LockTable.Of(cause).WaysOut,
            Evidence = onOperator ? new Evidence("03", 5) : Evidence.None,
        };
        await till.Report(new LockBegun(raised, Shop.Clock));
        return raised.Id;
    }

    private async Task Cases(byte[] licence, byte[] card)
    {
        Case = await Ask(Owner, tills[0], "wrong_password", "password_reset");
        var documents = $"/api/v1/cases/{Case}/documents";
        (await Owner.Put($"{documents}/business_licence", licence)).Expect(204);
        (await Owner.Put($"{documents}/identity_card", card)).Expect(204);
        var li = await server.Person("helpdesk", name: "李娜 Li Na");
        await Ask(li, tills[3], "location_anomaly", "move_approved");
    }

    private async Task<string> Ask(TestPerson who, DoorTerminal till, string cause, string wayOut)
    {
        var shown = (await who.Get($"/api/v1/terminals/{till.Id}")).Expect(200);
        var lockId = shown
            .Json.GetProperty("locks")
            .EnumerateArray()
            .First(l => l.GetProperty("cause").GetString() == cause)
            .GetProperty("id")
            .GetString()!;
        var applicant = new { name = "张三", phone = "138 0013 8000" };
        var body = new
        {
            terminalId = till.Id,
            lockId,
            wayOut,
            applicant,
        };
        return (await who.Post("/api/v1/cases", body)).Expect(201).Text("id");
    }

    private async Task Rollout()
    {
        chain = await Fleet.Enrol(server, 8, "熊猫便利 Panda Mart");
        foreach (var till in chain.Terminals)
        {
            (await till.Heartbeat()).Expect(200);
        }
        var artifact = await chain.Store("2.4");
        Campaign = await chain.Start(
            artifact,
            Fleet.Group(0.5, 0.5, 0.5),
            Fleet.Group(1, 0.9, 0.1)
        );
        var offered = await chain.At(Campaign, "offered");
        foreach (var till in offered.Take(2))
        {
            await Fleet.Report(till, Campaign, UpdateStep.Done, took: TimeSpan.FromMinutes(4));
        }
        await chain.Rounds();
    }

    /// <summary>A specimen to look at beside the file: drawn, not anybody's.</summary>
    private static async Task<byte[]> Paper(Site site, string title, string text)
    {
        var page = await site.Open(null, "about:blank", width: 480, height: 300);
        await page.SetContentAsync(
            $"<h1>{title}</h1><h2>样本 SPECIMEN</h2><p style='font-size: 24px'>{text}</p>"
        );
        var picture = await page.ScreenshotAsync(new() { Type = ScreenshotType.Png });
        await page.Context.CloseAsync();
        return picture;
    }
}
