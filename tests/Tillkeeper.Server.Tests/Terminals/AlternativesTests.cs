using System.Text.Json;
using Tillkeeper.Server.Tests.Environments;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Terminals;

/// <summary>W4: another terminal of the shop is offered while one is locked, and bound before it takes payments.</summary>
public sealed class AlternativesTests
{
    [Fact]
    public async Task A_free_terminal_of_the_same_shop_is_offered_and_one_no_acquirer_knows_is_bound_first()
    {
        await using var stand = await Stand.Open();
        var keeper = await stand.Server.Person("merchant", stand.Merchant);
        Assert.Empty(await Offered(stand, keeper));

        using var sister = await DoorTerminal.Enrol(stand.Server, stand.Merchant);
        using var elsewhere = await DoorTerminal.Enrol(
            stand.Server,
            await Running.Shop.NewMerchant(stand.Server, null)
        );
        Assert.Empty(await Offered(stand, keeper));

        await Beat(sister);
        await Beat(elsewhere);
        var loan = Assert.Single(await Offered(stand, keeper));
        Assert.Equal(sister.Id, loan.GetProperty("id").GetString());
        Assert.Equal("bind_first", loan.GetProperty("step").GetString());

        await Bind(stand, sister.Id);
        var bound = Assert.Single(await Offered(stand, keeper));
        Assert.Equal("use", bound.GetProperty("step").GetString());
        Assert.True(bound.GetProperty("sameStore").GetBoolean());

        (
            await stand.Server.Admin.Post(
                $"/api/v1/terminals/{sister.Id}/locks",
                new
                {
                    cause = "remote",
                    scope = new[] { "card_payment" },
                    reason = "test",
                }
            )
        ).Expect(202);
        Assert.Empty(await Offered(stand, keeper));
        Assert.Single(await Offered(stand, keeper, "?capability=qr_payment"));
        (await keeper.Get($"{stand.Path}/alternatives?capability=gold")).Refuses(
            422,
            "invalid",
            "capability"
        );
    }

    private static async Task Bind(Stand stand, string terminal)
    {
        var serial = (await stand.Server.Admin.Get($"/api/v1/terminals/{terminal}")).Text("serial");
        (
            await stand.Server.Admin.PutJson(
                $"/api/v1/terminals/by-serial/{serial}",
                new
                {
                    merchantId = stand.Merchant,
                    model = "T1",
                    bindings = new[]
                    {
                        new
                        {
                            acquirer = "unionpay",
                            mid = "M1",
                            tid = "T000077",
                        },
                    },
                }
            )
        ).Expect(200);
    }

    private static async Task Beat(DoorTerminal terminal)
    {
        using var response = await terminal.Http.PostAsync(
            "/terminal/v1/heartbeat",
            new StringContent("""{"nonce":"n"}""", null, "application/json")
        );
        (await Answer.Of(response)).Expect(200);
    }

    private static async Task<JsonElement[]> Offered(
        Stand stand,
        TestPerson person,
        string query = ""
    ) =>
        [
            .. (await person.Get($"{stand.Path}/alternatives{query}"))
                .Expect(200)
                .Json.GetProperty("items")
                .EnumerateArray(),
        ];
}
