using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Orders;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Relocations;

/// <summary>W9: a move that nobody announced is settled with proof of the new address.</summary>
public sealed class RelocationTests(RunningServer server) : IClassFixture<RunningServer>
{
    private static readonly object Reason = new { reason = "the lease is genuine" };

    [Fact]
    public async Task With_lease_acknowledgement_and_two_people_the_new_place_holds_and_the_lock_goes()
    {
        using var terminal = await EnrolAsync();
        var caseId = await ShopBindings.MovedCase(server, terminal);
        var proposed = await server.Admin.Post(
            "/api/v1/relocations",
            ShopBindings.RelocationOf(caseId)
        );
        var id = proposed.Expect(201).Text("id");
        var at = $"/api/v1/relocations/{id}";
        var (first, second) = (await server.Person("risk"), await server.Person("risk"));
        (await first.Post($"{at}/approval", Reason)).Refuses(409, "registration_not_acknowledged");
        await ShopBindings.Acknowledge(server, "relocations", id);
        (await first.Post($"{at}/approval", Reason)).Refuses(409, "second_person_required");
        Assert.Empty(await terminal.Orders());

        (await second.Post($"{at}/approval", Reason)).Expect(204);

        var order = Assert.Single(await terminal.Orders());
        Assert.Equal((OrderKind.Release, WayOut.MoveApproved), (order.Kind, order.WayOut));
        Assert.Equal(caseId, order.CaseId);
        var shown = (await server.Admin.Get($"/api/v1/terminals/{terminal.Id}")).Expect(200).Json;
        Assert.Equal("203.0.113.0/24", shown.GetProperty("networks")[0].GetString());
        await terminal.Report(
            new Core.Device.LockEnded(order.LockId!, WayOut.MoveApproved, Shop.Clock)
        );
        Assert.Equal(
            "closed",
            (await server.Admin.Get($"/api/v1/cases/{caseId}")).Expect(200).Text("state")
        );
    }

    [Fact]
    public async Task Without_a_lease_or_for_another_way_out_nothing_is_even_proposed()
    {
        using var terminal = await EnrolAsync();
        var bare = await ShopBindings.MovedCase(server, terminal, lease: false);
        (await server.Admin.Post("/api/v1/relocations", ShopBindings.RelocationOf(bare))).Refuses(
            409,
            "lease_missing"
        );
        using var tree = await Tree.Plant(server);
        (
            await server.Admin.Post("/api/v1/relocations", ShopBindings.RelocationOf(tree.A1.Case))
        ).Refuses(409, "way_out_not_available");
    }

    [Fact]
    public async Task Whoever_had_a_hand_in_the_case_does_not_approve_the_move()
    {
        using var terminal = await EnrolAsync();
        var caseId = await ShopBindings.MovedCase(server, terminal);
        var insider = await server.Person("risk");
        (await insider.Put($"/api/v1/cases/{caseId}/documents/other", Shop.Photo)).Expect(204);
        var proposed = await server.Admin.Post(
            "/api/v1/relocations",
            ShopBindings.RelocationOf(caseId)
        );
        var id = proposed.Expect(201).Text("id");
        await ShopBindings.Acknowledge(server, "relocations", id);
        (await insider.Post($"/api/v1/relocations/{id}/approval", Reason)).Refuses(403, "own_case");
    }

    [Fact]
    public async Task A_case_that_was_refused_meanwhile_settles_nothing()
    {
        using var terminal = await EnrolAsync();
        var caseId = await ShopBindings.MovedCase(server, terminal);
        var proposed = await server.Admin.Post(
            "/api/v1/relocations",
            ShopBindings.RelocationOf(caseId)
        );
        var id = proposed.Expect(201).Text("id");
        await ShopBindings.Acknowledge(server, "relocations", id);
        var (first, second) = (await server.Person("risk"), await server.Person("risk"));
        (await first.Post($"/api/v1/relocations/{id}/approval", Reason)).Refuses(
            409,
            "second_person_required"
        );
        var no = new { decision = "refuse", reason = "the lease is forged" };
        (await server.Admin.Post($"/api/v1/cases/{caseId}/decision", no)).Expect(200);
        (await second.Post($"/api/v1/relocations/{id}/approval", Reason)).Refuses(
            409,
            "case_closed"
        );
        Assert.Empty(await terminal.Orders());
    }

    private async Task<DoorTerminal> EnrolAsync() =>
        await DoorTerminal.Enrol(server, await Shop.NewMerchant(server, null));
}
