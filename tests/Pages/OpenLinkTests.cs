using Microsoft.Playwright;
using Tillkeeper.Core.Cases;
using Tillkeeper.Core.Locks;
using Tillkeeper.Pages.Harness;
using Tillkeeper.Server.Tests.Cases;

namespace Tillkeeper.Pages;

/// <summary>A cashier scans the QR code of a locked terminal with their own phone, and asks for help.</summary>
public sealed class OpenLinkTests(Site site)
{
    private const int Phone = 360;

    [Theory]
    [InlineData(
        "en",
        "Ask for help",
        "Give a phone number of 5 to 15 digits.",
        "Your case has the number"
    )]
    [InlineData("zh-CN", "申请帮助", "请填写5至15位的电话号码。", "您的工单号")]
    public async Task A_cashier_asks_for_help_with_a_phone_and_gets_a_number(
        string language,
        string title,
        string hint,
        string done
    )
    {
        var shop = await Shop.Open(site.Server);
        var terminal = shop.Terminal;
        var locked = await terminal.Lock(Cause.Remote);
        var link = terminal.Sign(
            OpenLink.Typ,
            new OpenLink(
                locked,
                Cause.Remote,
                "bm9uY2Utbm9u",
                DateTimeOffset.UtcNow,
                terminal.Seq
            ).ToPayload()
        );
        var page = await site.Open(null, $"/open/{link}", language, Phone, 640);
        await Assertions.Expect(page.GetByText(title)).ToBeVisibleAsync();
        await site.Inspect(page);
        await Picture.Take(page, "open-link", language);

        await page.Locator("#name").FillAsync("王伟");
        await page.Locator("#phone").FillAsync("12");
        await page.Locator("button").ClickAsync();
        await Assertions.Expect(page.GetByText(hint)).ToBeVisibleAsync();
        Assert.Equal("王伟", await page.Locator("#name").InputValueAsync());

        await page.Locator("#phone").FillAsync("139 1234 5678");
        await page.Locator("button").ClickAsync();
        await Assertions.Expect(page.GetByText(done)).ToBeVisibleAsync();
        var number = await page.Locator(".number").InnerTextAsync();
        var cases = (await shop.Merchant.Get("/api/v1/cases")).Expect(200);
        Assert.Contains(number.Trim(), cases.Body, StringComparison.Ordinal);
        await site.Inspect(page);
        await page.Context.CloseAsync();
    }
}
