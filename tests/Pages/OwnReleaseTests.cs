using Microsoft.Playwright;
using Tillkeeper.Pages.Harness;
using Tillkeeper.Server.Tests.Banks;
using Tillkeeper.Server.Tests.Policies;

namespace Tillkeeper.Pages;

/// <summary>An owner ends a lock alone: with a finger on the phone's sensor, or in the bank's app.</summary>
public sealed class OwnReleaseTests(Site site)
{
    private const string OwnWays =
        "ownRelease: {bankApproval: [wrong_password], passkey: [wrong_password]}";

    [Theory]
    [InlineData("en", "Your bank's app shows the request now.")]
    [InlineData("zh-CN", "银行App中已出现请求")]
    public async Task An_owner_sets_up_a_passkey_and_after_the_call_back_it_ends_a_lock(
        string language,
        string asked
    )
    {
        await using var shop = await OwnedShop.Open(site.Server);
        await site.Server.Admin.Set($"merchant:{shop.Merchant}", OwnWays);
        var locked = await shop.Locked();
        // By name: a passkey belongs to one, never to an address.
        var door = $"https://localhost:{site.Server.People.Port}";
        var page = await site.Open(shop.Owner, $"{door}/shop/passkeys", language, 360, 740);
        await Fingerprint.On(page);
        await page.Locator("#name").FillAsync("Phone 手机");
        await page.Locator("main button.big").ClickAsync();
        await Assertions.Expect(page.Locator("[data-status=unconfirmed]")).ToBeVisibleAsync();
        await site.Inspect(page);
        await CallBack(shop);

        await page.GotoAsync($"{door}/shop/terminals/{shop.Terminal.Id}");
        await page.Locator($"[data-lock='{locked}'] [data-way=own]").ClickAsync();
        await site.Inspect(page);
        await Picture.Take(page, "shop-own-release", language);
        await page.Locator("form[action$='/bank'] button").ClickAsync();
        await Assertions.Expect(page.GetByText(asked)).ToBeVisibleAsync();
        await page.Locator("form[data-passkey] button").ClickAsync();
        await Assertions
            .Expect(page.Locator($"[data-lock='{locked}'] .state-releasing"))
            .ToBeVisibleAsync();
        Assert.Equal("releasing", await shop.StatusOf(locked));
        await Picture.Take(page, "shop-releasing", language);
        await page.Context.CloseAsync();
    }

    /// <summary>The helpdesk has called the number on file: it was the owner.</summary>
    private async Task CallBack(OwnedShop shop)
    {
        var passkeys = (await shop.Owner.Get("/api/v1/passkeys")).Json.GetProperty("items");
        var id = Assert.Single(passkeys.EnumerateArray()).GetProperty("id").GetString();
        (
            await site.Server.Admin.Post(
                $"/api/v1/passkeys/{id}/confirm",
                new { reason = "called back" }
            )
        ).Expect(204);
    }
}
