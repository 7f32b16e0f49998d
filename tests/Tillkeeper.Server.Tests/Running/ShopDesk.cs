namespace Tillkeeper.Server.Tests.Running;

/// <summary>What the pages of the desk do something to, beside what the API's routes do; at a shop without any, ids that nothing has.</summary>
/// <param name="Delay">A complaint that a case takes too long.</param>
/// <param name="Network">A further network that the shop asks for.</param>
internal sealed record ShopDesk(string Delay, string Network)
{
    public static ShopDesk None { get; } = new("none", "none");

    public static async Task<ShopDesk> Of(Shop shop)
    {
        var complaint = await shop.Keeper.Post(
            "/api/v1/complaints",
            new
            {
                kind = "delay",
                caseId = shop.Case,
                text = "It takes too long.",
            }
        );
        var network = await shop.Keeper.Post(
            $"/api/v1/terminals/{shop.Terminal.Id}/networks",
            new { network = "192.0.2.0/24", reason = "the neighbour's line" }
        );
        return new ShopDesk(complaint.Expect(201).Text("id"), network.Expect(201).Text("id"));
    }
}
