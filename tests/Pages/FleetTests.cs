using Tillkeeper.Pages.Harness;
using static Microsoft.Playwright.Assertions;

namespace Tillkeeper.Pages;

/// <summary>The fleet, from the side of whoever looks after it.</summary>
public sealed class FleetTests(Site site)
{
    [Theory]
    [InlineData(
        "en",
        "Tampering: tampered with",
        "The terminal was enrolled",
        "A lock was ordered: "
    )]
    [InlineData("zh-CN", "拆机：曾被拆机", "终端已入网", "已下达锁定指令：")]
    public async Task The_list_is_narrowed_down_step_by_step_and_a_terminal_tells_its_story_in_words(
        string language,
        string chip,
        string enrolled,
        string ordered
    )
    {
        var shop = (await site.Shops).B1;
        var page = await site.Open(
            site.Server.Admin,
            $"/console/terminals?merchant={shop.Merchant}&sort=-serial",
            language
        );
        await page.Locator("#filters-more summary").ClickAsync();
        await page.Locator("#filter-tampered").SelectOptionAsync("true");
        await Expect(page.Locator("[data-chip=tampered]")).ToContainTextAsync(chip);
        await Expect(page.Locator("[data-row]")).ToHaveCountAsync(1);
        Assert.Contains("sort=-serial", page.Url);
        await site.Inspect(page);
        await Picture.Take(page, "fleet-narrowed", language);

        // Each is taken away by itself; the others stay.
        await page.Locator("[data-chip=tampered]").ClickAsync();
        await Expect(page.Locator("[data-chip]")).ToHaveCountAsync(1);
        await page.Locator("a[data-open]", new() { HasText = shop.Serial }).ClickAsync();
        var story = page.Locator(".timeline-list");
        await Expect(story).ToContainTextAsync(enrolled);
        await Expect(story).ToContainTextAsync(ordered);
        await Expect(story).Not.ToContainTextAsync(".v1");
        await page.SetViewportSizeAsync(360, 740);
        await site.Inspect(page);
        await Picture.Take(page, "fleet-terminal", language);
        await page.Context.CloseAsync();
    }
}
