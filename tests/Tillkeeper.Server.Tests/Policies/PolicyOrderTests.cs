using System.Text.Json;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Orders;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Policies;

/// <summary>A policy reaches its terminals as signed orders, and counts as theirs once they have confirmed it.</summary>
public sealed class PolicyOrderTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task A_change_is_pending_until_the_terminal_has_confirmed_it()
    {
        var merchant = await Shop.NewMerchant(server, null);
        using var terminal = await DoorTerminal.Enrol(server, merchant);
        Assert.Equal("confirmed", await server.Admin.Status(terminal.Id));
        var before = (await terminal.Heartbeat()).Json.GetProperty("policyVersion").GetInt64();
        Assert.Equal(1, before);

        var set = await server.Admin.Set($"merchant:{merchant}", "wrongPassword: {attempts: 3}");
        var revision = set.Json.GetProperty("revision").GetInt64();
        Assert.Equal("pending", await server.Admin.Status(terminal.Id));
        var order = Assert.Single(await terminal.PolicyOrders());
        Assert.Equal((3, revision), (order.Policy!.WrongPassword.Attempts, order.Policy.Version));
        Assert.Null(order.ExpiresAt);
        var beat = await terminal.Heartbeat();
        Assert.Equal(revision, beat.Json.GetProperty("policyVersion").GetInt64());

        await terminal.ApplyAll();
        Assert.Equal("confirmed", await server.Admin.Status(terminal.Id));
        var shown = await server.Admin.Get(Policing.At($"merchant:{merchant}"));
        Assert.Equal(1, shown.Json.GetProperty("terminals").GetProperty("confirmed").GetInt32());
    }

    [Fact]
    public async Task A_policy_that_the_terminal_does_not_take_is_shown_as_refused()
    {
        var merchant = await Shop.NewMerchant(server, null);
        using var terminal = await DoorTerminal.Enrol(server, merchant);
        await server.Admin.Set($"terminal:{terminal.Id}", "away: {idleAfter: PT3M}");
        var order = Assert.Single(await terminal.Orders());
        await terminal.Report(new OrderRefused(order.Number, order.Kind, "invalid_policy"));
        Assert.Equal("refused", await server.Admin.Status(terminal.Id));
    }

    [Fact]
    public async Task A_terminal_that_enrols_gets_what_holds_for_it_and_confirms_it()
    {
        var merchant = await Shop.NewMerchant(server, null);
        await server.Admin.Set($"merchant:{merchant}", "away: {idleAfter: PT4M}");
        using var terminal = await DoorTerminal.Enrol(server, merchant);
        Assert.Equal("PT4M", Idle(terminal.Enrolment.Json));
        var order = Assert.Single(await terminal.Orders());
        Assert.Equal(OrderKind.Policy, order.Kind);
        var given = terminal.Enrolment.Json.GetProperty("policy");
        Assert.Equal(order.Policy!.Version, given.GetProperty("version").GetInt64());
        var again = await DoorTerminal.EnrolAt(
            server,
            terminal.Code,
            DoorTerminal.Csr(terminal.Key)
        );
        Assert.Equal("PT4M", Idle(again.Expect(201).Json));
        Assert.Equal("pending", await server.Admin.Status(terminal.Id));
        await terminal.ApplyAll();
        Assert.Equal("confirmed", await server.Admin.Status(terminal.Id));
        // The same answer once more is no new order.
        Assert.Single(await terminal.Orders());
    }

    [Fact]
    public async Task A_terminal_that_moves_gets_the_policy_of_where_it_stands()
    {
        var (here, there) = (
            await Shop.NewMerchant(server, null),
            await Shop.NewMerchant(server, null)
        );
        await server.Admin.Set($"merchant:{there}", "away: {idleAfter: PT7M}");
        await server.Admin.Set("model:M7", "passcode: {minLength: 8}");
        await server.Admin.Set($"store:{here}:North", "passcode: {history: 5}");
        using var terminal = await DoorTerminal.Enrol(server, here);
        var serial = (await server.Admin.Get($"/api/v1/terminals/{terminal.Id}")).Text("serial");

        await Change(
            new
            {
                merchantId = here,
                model = "T1",
                store = "North",
            }
        );
        await Change(new { merchantId = there, model = "T1" });
        await Change(new { merchantId = there, model = "M7" });
        // Nothing that a policy depends on: no order.
        await Change(
            new
            {
                merchantId = there,
                model = "M7",
                externalId = "7",
            }
        );

        var orders = await terminal.PolicyOrders();
        Assert.Equal(
            ["5 15 6", "4 7 6", "4 7 8"],
            orders.Select(o =>
                $"{o.Policy!.Passcode.History} {o.Policy.Away.IdleAfter.TotalMinutes} {o.Policy.Passcode.MinLength}"
            )
        );

        async Task Change(object profile) =>
            (await server.Admin.PutJson($"/api/v1/terminals/by-serial/{serial}", profile)).Expect(
                200
            );
    }

    private static string? Idle(JsonElement enrolled) =>
        enrolled.GetProperty("policy").GetProperty("away").GetProperty("idleAfter").GetString();
}
