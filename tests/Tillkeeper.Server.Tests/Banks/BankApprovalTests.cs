using System.Text.Json.Nodes;
using Tillkeeper.Core.Locks;
using Tillkeeper.Server.Tests.Running;
using Tillkeeper.Server.Tests.Runtime;

namespace Tillkeeper.Server.Tests.Banks;

/// <summary>W2: the owner looks, releases and resets in the bank's app.</summary>
public sealed class BankApprovalTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task The_shop_asks_the_owner_approves_in_the_banks_app_and_the_release_goes_out()
    {
        await using var shop = await OwnedShop.Open(server);
        var paused = await shop.Locked();
        var request = await shop.Asked("release", paused);

        Assert.Contains(
            "E01",
            request["text"]!["en"]!.GetValue<string>(),
            StringComparison.Ordinal
        );
        Assert.Equal("confirmed", await shop.StatusOf(paused));
        (await shop.Bank.Say("answers", TestBank.AnswerTo(request))).Expect(200);

        Assert.Equal("releasing", await shop.StatusOf(paused));
        Assert.Contains("release", await shop.Terminal.Orders());
        await shop.Terminal.End(paused, WayOut.BankApproval);
        Assert.Equal("gone", await shop.StatusOf(paused));
    }

    [Fact]
    public async Task The_owner_sees_the_terminal_in_the_app_and_lets_the_operator_set_a_new_passcode()
    {
        await using var shop = await OwnedShop.Open(server);
        var paused = await shop.Locked();
        JsonObject card = new() { ["reference"] = OwnedShop.Reference };
        var state = (await shop.Bank.Say("state", card)).Expect(200).Json;
        var terminal = state.GetProperty("terminals").EnumerateArray().Single();
        Assert.Equal(shop.Terminal.Id, terminal.GetProperty("id").GetString());
        var shown = terminal.GetProperty("locks").EnumerateArray().Single();
        Assert.Equal("E01", shown.GetProperty("code").GetString());
        Assert.Equal(
            ["release", "reset_passcode"],
            shown.GetProperty("actions").EnumerateArray().Select(a => a.GetString()!)
        );

        card["terminal"] = shop.Terminal.Id;
        card["action"] = "reset_passcode";
        card["locks"] = new JsonArray(paused);
        var wished = (await shop.Bank.Say("wishes", card, "tillkeeper-bank-wish")).Expect(201);
        var request = shop.Bank.Open(wished.Text("request"));
        (await shop.Bank.Say("answers", TestBank.AnswerTo(request))).Expect(200);

        Assert.Contains("passcode_reset", await shop.Terminal.Orders());
        Assert.Equal("releasing", await shop.StatusOf(paused));
    }

    [Fact]
    public async Task An_owner_who_refuses_leaves_the_lock_and_is_heard()
    {
        await using var shop = await OwnedShop.Open(server);
        var paused = await shop.Locked();
        var request = await shop.Asked("release", paused);
        (await shop.Bank.Say("answers", TestBank.AnswerTo(request, approved: false))).Expect(200);

        Assert.Equal("confirmed", await shop.StatusOf(paused));
        (await shop.Bank.Say("answers", TestBank.AnswerTo(request))).Refuses(
            409,
            "already_answered"
        );
        Assert.Equal("confirmed", await shop.StatusOf(paused));
        var alerts = (await server.Admin.Get("/api/v1/alerts?limit=200")).Expect(200);
        Assert.Contains(
            alerts.Json.GetProperty("items").EnumerateArray(),
            a =>
                a.GetProperty("kind").GetString() == "owner_refused"
                && a.GetRawText().Contains(shop.Terminal.Id, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Two_locks_go_together_or_not_at_all()
    {
        await using var shop = await OwnedShop.Open(server);
        var (first, second) = (await shop.Locked(), await shop.Locked());
        var request = await shop.Asked("release", first, second);
        await shop.Terminal.End(second, WayOut.ManagerSignIn);

        (await shop.Bank.Say("answers", TestBank.AnswerTo(request))).Refuses(404, "not_found");
        Assert.Equal("confirmed", await shop.StatusOf(first));
        Assert.DoesNotContain("release", await shop.Terminal.Orders());
    }

    [Fact]
    public async Task What_a_bank_cannot_take_is_told_at_once()
    {
        await using var shop = await OwnedShop.Open(server);
        var paused = await shop.Locked();
        shop.Bank.Takes = System.Net.HttpStatusCode.ServiceUnavailable;
        (await shop.Ask("release", paused)).Refuses(409, "bank_not_reached");
        var list = (await shop.Owner.Get($"{shop.Path}/bank-requests")).Expect(200);
        Assert.Contains("not_reached", list.Body, StringComparison.Ordinal);
        shop.Bank.Takes = System.Net.HttpStatusCode.OK;
        (await shop.Ask("release", paused)).Expect(202);
    }

    [Fact]
    public async Task Banks_bindings_and_requests_are_what_the_log_says()
    {
        await using var own = await RunningServer.StartAsync();
        await using var shop = await OwnedShop.Open(own);
        var request = await shop.Asked("release", await shop.Locked());
        (await shop.Bank.Say("answers", TestBank.AnswerTo(request))).Expect(200);
        RebuildTests.Compare(own, "banks", "bank_cards", "bank_requests");
    }
}
