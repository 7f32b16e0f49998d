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

    [Theory]
    [InlineData("en", "Keep this view…")]
    [InlineData("zh-CN", "保存此视图……")]
    public async Task A_view_is_kept_under_a_name_opened_and_let_go_of(string language, string keep)
    {
        var page = await site.Open(
            await site.Server.Person("fleet"),
            "/console/terminals",
            language,
            360,
            740
        );
        await Expect(page.Locator(".saved-views")).ToHaveCountAsync(0);
        await page.GotoAsync("/console/terminals?locked=true&sort=-serial");
        await page.GetByText(keep).ClickAsync();
        await page.FillAsync("#view-name", "夜班 Night");
        await site.Inspect(page);
        await page.ClickAsync("#keep-view-form button");
        await Expect(page.Locator("[data-view]")).ToHaveTextAsync("夜班 Night");

        await page.GotoAsync("/console/terminals");
        await page.ClickAsync("[data-view]");
        Assert.Contains("locked=true", page.Url);
        Assert.Contains("sort=-serial", page.Url);
        await Picture.Take(page, "fleet-view", language);
        await page.ClickAsync("#drop-view button");
        await Expect(page.Locator("[data-view]")).ToHaveCountAsync(0);
        await page.Context.CloseAsync();
    }
}
