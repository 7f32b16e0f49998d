namespace Tillkeeper.Server.Tests.Running;

/// <summary>Further cases of a shop, and a person who may decide them; at a shop without any, ids that nothing has.</summary>
internal sealed record ShopCases(string Open, string Duplicate, string Refused, string Decider)
{
    public static ShopCases None { get; } = new("none", "none", "none", "none");

    public static async Task<ShopCases> Of(RunningServer server, Shop shop)
    {
        var refused = await Case(shop.PasswordLock, "wait");
        (
            await server.Admin.Post(
                $"/api/v1/cases/{refused}/decision",
                new { decision = "refuse", reason = "no papers" }
            )
        ).Expect(200);
        return new ShopCases(
            await Case(shop.RemoteLock, "offline_code"),
            await Case(shop.RemoteLock, "provider_release"),
            refused,
            (await server.Person("risk", shop.Org)).Id
        );

        async Task<string> Case(string lockId, string wayOut) =>
            (
                await shop.Keeper.Post(
                    "/api/v1/cases",
                    Shop.CaseBody(shop.Terminal.Id, lockId, wayOut)
                )
            )
                .Expect(201)
                .Text("id");
    }
}
