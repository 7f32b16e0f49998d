using System.Text.Json;
using Tillkeeper.Core.Cases;
using Tillkeeper.Core.Locks;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Shops;

/// <summary>An owner sees all terminals at once, the worst first, and what they are waited for.</summary>
public sealed class ShopTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task Terminals_come_worst_first_page_by_page_and_are_found_by_serial()
    {
        var shop = await Cases.Shop.Open(server);
        var free = await TestTerminal.Enrol(server, shop.MerchantId);
        var away = await TestTerminal.Enrol(server, shop.MerchantId);
        await away.Lock(Cause.Away);
        await shop.Terminal.Lock(Cause.Binding);

        List<string> seen = [];
        for (string? after = ""; after is not null; )
        {
            var page = (await shop.Merchant.Get($"/api/v1/shop/terminals?limit=1&after={after}"))
                .Expect(200)
                .Json;
            seen.Add(page.GetProperty("items")[0].GetProperty("id").GetString()!);
            after = page.TryGetProperty("next", out var next) ? next.GetString() : null;
        }
        Assert.Equal([shop.Terminal.Id, away.Id, free.Id], seen);

        var serial = (await shop.Merchant.Get($"/api/v1/terminals/{free.Id}")).Text("serial");
        var found = (
            await shop.Merchant.Get($"/api/v1/shop/terminals?q={serial[2..10].ToLowerInvariant()}")
        )
            .Expect(200)
            .Json.GetProperty("items");
        Assert.Equal(free.Id, Assert.Single(found.EnumerateArray()).GetProperty("id").GetString());
    }

    [Fact]
    public async Task What_is_owed_goes_from_documents_to_the_new_passcode()
    {
        var shop = await Cases.Shop.Open(server);
        var (id, _) = await shop.Case();
        var due = await Due(shop);
        Assert.Equal("send_documents", due.GetProperty("kind").GetString());
        Assert.Equal(2, due.GetProperty("missing").GetArrayLength());

        foreach (var kind in DocumentKinds.ForPasswordReset)
        {
            (await shop.Merchant.Put($"/api/v1/cases/{id}/documents/{kind}", Shop.Photo)).Expect(
                204
            );
        }
        Assert.Empty(await Dues(shop));
    }

    [Fact]
    public async Task A_terminal_explains_its_locks_part_by_part()
    {
        var shop = await Cases.Shop.Open(server);
        await shop.Terminal.Lock(Cause.WrongPassword);
        var shown = await shop.Merchant.Get($"/api/v1/terminals/{shop.Terminal.Id}");
        var told = shown.Json.GetProperty("locks")[0].GetProperty("explanation");
        Assert.EndsWith("E01", told.GetProperty("title").GetString(), StringComparison.Ordinal);
        Assert.InRange(told.GetProperty("now").GetArrayLength(), 1, 3);
        Assert.Contains("PIN", told.GetProperty("warning").GetString(), StringComparison.Ordinal);
    }

    private static async Task<JsonElement[]> Dues(Cases.Shop shop) =>
        [
            .. (await shop.Merchant.Get("/api/v1/shop/dues"))
                .Expect(200)
                .Json.GetProperty("items")
                .EnumerateArray(),
        ];

    private static async Task<JsonElement> Due(Cases.Shop shop) => Assert.Single(await Dues(shop));
}
