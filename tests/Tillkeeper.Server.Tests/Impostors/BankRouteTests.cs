using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tillkeeper.Server.Tests.Banks;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Impostors;

/// <summary>
/// A bank has neither key nor session (the exception in <see cref="ReleasingRoutesTests"/>): every route of its door, taken from the program's
/// own endpoint table, asks for a message that this bank signed for this and now.
/// </summary>
public sealed class BankRouteTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const string Door = "/bank/v1/{bank}/";

    [Fact]
    public async Task No_route_of_the_banks_door_looks_at_what_the_bank_did_not_sign_for_it_and_now()
    {
        await using var shop = await OwnedShop.Open(server);
        await using var other = await OwnedShop.Open(server);
        var paused = await shop.Locked();
        var said = Said(shop, paused, await shop.Asked("release", paused));
        // A new route must say here what it expects: otherwise nobody has tried it.
        Assert.Equal(said.Keys.Order(StringComparer.Ordinal), Routes());
        foreach (var (route, (typ, message)) in said)
        {
            foreach (var refused in await Forged(shop.Bank, other.Bank, route, typ, message))
            {
                refused.Refuses(401, "bad_message");
            }
            Assert.Equal("confirmed", await shop.StatusOf(paused));
        }
        // Nothing else was wrong with them: the same, rightly signed, is looked at, and the answer counts.
        foreach (var (route, (typ, message)) in said.OrderByDescending(r => r.Key))
        {
            Assert.NotEqual("bad_message", (await shop.Bank.Say(route, message, typ)).Code);
        }
        Assert.Equal("releasing", await shop.StatusOf(paused));
    }

    private static Dictionary<string, (string Typ, JsonObject Message)> Said(
        OwnedShop shop,
        string lockId,
        JsonObject request
    ) =>
        new(StringComparer.Ordinal)
        {
            ["state"] = (
                "tillkeeper-bank-state",
                new JsonObject { ["reference"] = OwnedShop.Reference }
            ),
            ["wishes"] = (
                "tillkeeper-bank-wish",
                new JsonObject
                {
                    ["reference"] = OwnedShop.Reference,
                    ["terminal"] = shop.Terminal.Id,
                    ["action"] = "release",
                    ["locks"] = new JsonArray(lockId),
                }
            ),
            ["answers"] = ("tillkeeper-bank-answer", TestBank.AnswerTo(request)),
        };

    private static async Task<Answer[]> Forged(
        TestBank bank,
        TestBank other,
        string route,
        string typ,
        JsonObject message
    )
    {
        using var foreign = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = DateTimeOffset.UtcNow;
        var signed = bank.Sign(route, message, typ);
        var parts = signed.Split('.');
        return
        [
            await bank.Send(route, ""),
            await bank.Send(route, message.ToJsonString()),
            await bank.Send(route, $"{parts[0]}.{parts[1]}."),
            await bank.Send(route, $"{parts[0]}.{parts[1]}.{parts[2][..^4]}AAAA"),
            await bank.Say(route, message, typ, signedWith: foreign),
            await other.Say(route, message, typ, asBank: bank.Id),
            await bank.Say(route, message, typ, asBank: other.Id),
            await bank.Say(route, message, typ, asBank: "none"),
            await bank.Say(route, message, "tillkeeper-bank-request"),
            await bank.Say(route, message, typ, now: now.AddMinutes(-10)),
            await bank.Say(route, message, typ, now: now.AddMinutes(10)),
        ];
    }

    private IEnumerable<string> Routes() =>
        server
            .Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Select(e => e.RoutePattern.RawText ?? "")
            .Where(r => r.StartsWith("/bank/", StringComparison.Ordinal))
            .Select(r => r.Replace(Door, "", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
}
