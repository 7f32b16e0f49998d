using System.Text.Json;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Device.Hardware;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Orders;
using Tillkeeper.Server.Tests.Cases;
using Tillkeeper.Server.Tests.Running;
using Shop = Tillkeeper.Server.Tests.Running.Shop;

namespace Tillkeeper.Server.Tests.Repairs;

/// <summary>W5: from a fault to a terminal that two people have taken back.</summary>
public sealed class RepairTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task What_two_people_accept_after_its_self_test_is_released_by_repair_and_nothing_else_is()
    {
        using var terminal = await EnrolAsync();
        var (fault, other) = (TestTerminal.NewId(), TestTerminal.NewId());
        await terminal.Report(
            Shop.Raise(fault, Cause.HardwareFault),
            Shop.Raise(other, Cause.HardwareFault)
        );
        var repair = await ShopRepairs.Ask(server, terminal.Id, "printer", fault);
        var at = $"/api/v1/repairs/{repair}";
        var (first, second) = (await server.Person("risk"), await server.Person("risk"));
        var reason = new { reason = "looked at it" };
        (await first.Post($"{at}/acceptance", reason)).Refuses(409, "not_returned");
        await ShopRepairs.Return(server, terminal, repair);

        (await first.Post($"{at}/acceptance", reason)).Refuses(409, "second_person_required");
        (await first.Post($"{at}/acceptance", reason)).Refuses(409, "second_person_required");
        Assert.Empty(await terminal.Orders());
        (await second.Post($"{at}/acceptance", reason)).Expect(204);

        var order = Assert.Single(await terminal.Orders());
        Assert.Equal(
            (OrderKind.Release, fault, WayOut.Repair),
            (order.Kind, order.LockId, order.WayOut)
        );
        (await second.Post($"{at}/acceptance", reason)).Refuses(409, "repair_closed");
        Assert.Equal("accepted", (await ShowAsync(repair)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Nobody_gets_the_terminal_whose_identity_nobody_has_seen()
    {
        using var terminal = await EnrolAsync();
        var at = $"/api/v1/repairs/{await ShopRepairs.Ask(server, terminal.Id, "printer")}";
        var admin = server.Admin;
        var out1 = ShopRepairs.Hand("shop", "repairer");
        (await admin.Post($"{at}/identity", new { proof = "passport" })).Refuses(
            409,
            "not_dispatched"
        );
        (await admin.Post($"{at}/custody", out1)).Refuses(409, "identity_not_verified");
        await ShopRepairs.Send(admin, at);
        // Another one comes: who the first was says nothing about them.
        var other = new { company = "Huaxin Repairs", repairer = "Qian Yu" };
        (await admin.Post($"{at}/dispatch", other)).Expect(204);
        (await admin.Post($"{at}/custody", out1)).Refuses(409, "identity_not_verified");
        (await admin.Post($"{at}/identity", new { proof = "passport" })).Expect(204);
        (await admin.Post($"{at}/result", ShopRepairs.Done)).Refuses(409, "not_with_repairer");
        (await admin.Post($"{at}/custody", out1)).Expect(204);
        (await admin.Post($"{at}/dispatch", other)).Refuses(409, "with_repairer");
        (await admin.Post($"{at}/custody", out1)).Refuses(409, "custody_gap");
        (await admin.Post($"{at}/cancellation", new { reason = "x" })).Refuses(
            409,
            "repair_under_way"
        );
    }

    [Fact]
    public async Task Only_a_self_test_of_the_terminal_itself_after_the_return_counts()
    {
        using var terminal = await EnrolAsync();
        var repair = await ShopRepairs.Ask(server, terminal.Id, "printer");
        var at = $"/api/v1/repairs/{repair}";
        var before = server.Clock.GetUtcNow().AddMinutes(-1);
        await ShopRepairs.Send(server.Admin, at);
        (await server.Admin.Post($"{at}/custody", ShopRepairs.Hand("shop", "repairer"))).Expect(
            204
        );
        (await server.Admin.Post($"{at}/result", ShopRepairs.Done)).Expect(204);
        (await server.Admin.Post($"{at}/custody", ShopRepairs.Hand("repairer", "shop"))).Expect(
            204
        );
        var risk = await server.Person("risk");
        var reason = new { reason = "looked at it" };

        // Kept since before the repair, of no proven time, and one that failed.
        await terminal.Report(ShopRepairs.Tested(before), ShopRepairs.Tested(null));
        (await risk.Post($"{at}/acceptance", reason)).Refuses(409, "self_test_missing");
        await terminal.Report(ShopRepairs.Tested(server.Clock.GetUtcNow(), PartStatus.Failed));
        (await risk.Post($"{at}/acceptance", reason)).Refuses(409, "self_test_missing");
        Assert.False(
            (await ShowAsync(repair)).GetProperty("tested").GetProperty("passed").GetBoolean()
        );

        await terminal.Report(ShopRepairs.Tested(server.Clock.GetUtcNow()));
        (await risk.Post($"{at}/acceptance", reason)).Refuses(409, "second_person_required");
    }

    [Fact]
    public async Task A_tampered_terminal_is_taken_back_only_by_the_way_of_tampering()
    {
        using var terminal = await EnrolAsync();
        var repair = await ShopRepairs.Ask(server, terminal.Id, "printer");
        await ShopRepairs.Return(server, terminal, repair);
        await terminal.Report(Shop.Raise(TestTerminal.NewId(), Cause.Tamper));
        var risk = await server.Person("risk");
        (await risk.Post($"/api/v1/repairs/{repair}/acceptance", new { reason = "x" })).Refuses(
            409,
            "tamper_repair_required"
        );
    }

    [Fact]
    public async Task The_warranty_is_judged_when_it_is_opened_and_again_when_the_seal_was_seen()
    {
        var merchant = await Shop.NewMerchant(server, null);
        using var terminal = await DoorTerminal.Enrol(server, merchant);
        var serial = (await server.Admin.Get($"/api/v1/terminals/{terminal.Id}")).Text("serial");
        var bought = DateOnly.FromDateTime(server.Clock.GetUtcNow().UtcDateTime).AddMonths(-11);
        var profile = new
        {
            merchantId = merchant,
            model = "T1",
            warranty = new { purchasedOn = bought, months = 12 },
        };
        (await server.Admin.PutJson($"/api/v1/terminals/by-serial/{serial}", profile)).Expect(200);
        var opened = await server.Admin.Post(
            "/api/v1/repairs",
            new
            {
                terminalId = terminal.Id,
                part = "printer",
                fault = "stripes",
            }
        );
        Assert.Equal("seal_not_seen", Ground(opened.Expect(201).Json));
        var repair = opened.Text("id");

        await ShopRepairs.Return(server, terminal, repair);

        Assert.Equal("covered", Ground(await ShowAsync(repair)));
        var due = (await server.Admin.Get("/api/v1/wear-parts?before=2028-01-01&limit=200")).Expect(
            200
        );
        Assert.Contains(terminal.Id, due.Body, StringComparison.Ordinal);
        due = await server.Admin.Get("/api/v1/wear-parts?before=2027-01-01&limit=200");
        Assert.DoesNotContain(terminal.Id, due.Expect(200).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lock_that_repair_does_not_end_needs_another_way_and_a_part_has_one_repair_at_a_time()
    {
        using var terminal = await EnrolAsync();
        var remote = TestTerminal.NewId();
        await terminal.Report(Shop.Raise(remote, Cause.WrongPassword));
        var body = new
        {
            terminalId = terminal.Id,
            part = "keypad",
            fault = "dead keys",
            lockId = remote,
        };
        (await server.Admin.Post("/api/v1/repairs", body)).Refuses(409, "way_out_not_available");
        await ShopRepairs.Ask(server, terminal.Id, "keypad");
        (await server.Admin.Post("/api/v1/repairs", body with { lockId = null! })).Refuses(
            409,
            "repair_exists"
        );
    }

    [Fact]
    public async Task The_name_of_a_repairer_is_shown_to_people_and_never_in_the_log()
    {
        using var terminal = await EnrolAsync();
        var repair = await ShopRepairs.Ask(server, terminal.Id, "printer");
        var name = $"Zhao Lei {Letters.Random()}";
        (
            await server.Admin.Post(
                $"/api/v1/repairs/{repair}/dispatch",
                new { company = "Huaxin", repairer = name }
            )
        ).Expect(204);
        var shown = (await ShowAsync(repair)).GetProperty("dispatch").GetProperty("repairer");
        Assert.Equal(name, shown.GetString());
        Assert.False(DatabaseText.Contains(server, name));
    }

    private static string? Ground(JsonElement shown) =>
        shown.GetProperty("warranty").GetProperty("ground").GetString();

    private async Task<JsonElement> ShowAsync(string repair) =>
        (await server.Admin.Get($"/api/v1/repairs/{repair}")).Expect(200).Json;

    private async Task<DoorTerminal> EnrolAsync() =>
        await DoorTerminal.Enrol(server, await Shop.NewMerchant(server, null));
}
