using Microsoft.Playwright;
using Tillkeeper.Core.Campaigns;
using Tillkeeper.Pages.Harness;
using Tillkeeper.Server.Tests.Campaigns;

namespace Tillkeeper.Pages;

/// <summary>Whoever looks after the fleet brings an update out, sees it go wrong, and holds it.</summary>
public sealed class CampaignTests(Site site)
{
    [Theory]
    [InlineData("en", "Count first", "Begin", "4 terminals", "Pause", "Paused", "Stop for good")]
    [InlineData("zh-CN", "先统计", "开始", "4台终端", "暂停", "已暂停", "永久停止")]
    public async Task A_rollout_in_trouble_is_seen_as_it_happens_and_paused(
        string language,
        string count,
        string begin,
        string counted,
        string pause,
        string paused,
        string stop
    )
    {
        using var fleet = await Fleet.Enrol(site.Server, 4);
        await fleet.Store("2.0");
        var person = await site.Server.Person("fleet");

        var page = await site.Open(person, "/console/campaigns/new", language);
        await page.Locator("#name").FillAsync("Autumn");
        await page.Locator("#artifact")
            .SelectOptionAsync(new SelectOptionValue { Label = "till 2.0" });
        await page.Locator("#merchant").FillAsync(fleet.Merchant);
        await page.Locator("[name=share0]").FillAsync("75");
        await page.Locator("[name=error0]").FillAsync("60");
        await page.GetByRole(AriaRole.Button, new() { Name = count }).ClickAsync();
        await Assertions.Expect(page.Locator("[data-preview]")).ToContainTextAsync(counted);
        await page.GetByRole(AriaRole.Button, new() { Name = begin, Exact = true }).ClickAsync();
        await page.WaitForURLAsync(url => !url.EndsWith("/new", StringComparison.Ordinal));
        var campaign = page.Url.Split('/')[^1];
        await fleet.Rounds();
        await Assertions.Expect(page.Locator(".bar-waiting").First).ToBeAttachedAsync();

        // It goes wrong at one shop; the page hears of it without being asked.
        var offered = await fleet.At(campaign, "offered");
        await Fleet.Report(offered[0], campaign, UpdateStep.RolledBack, "health_check_failed");
        await Assertions.Expect(page.Locator("rect.bar-wrong")).ToBeAttachedAsync();
        await site.Inspect(page);
        await Picture.Take(page, "campaign-trouble", language);

        await page.GetByRole(AriaRole.Link, new() { Name = pause }).ClickAsync();
        await page.Locator("#reason").FillAsync("Tills do not start");
        await site.Inspect(page);
        await Picture.Take(page, "campaign-pause", language);
        await page.GetByRole(AriaRole.Button, new() { Name = pause }).ClickAsync();
        var main = page.Locator("#live");
        await Assertions.Expect(main).ToContainTextAsync(paused);
        await Assertions.Expect(main).ToContainTextAsync("Tills do not start");

        await page.GetByRole(AriaRole.Link, new() { Name = stop }).ClickAsync();
        await page.Locator("#reason").FillAsync("Mended in the next version");
        await page.GetByRole(AriaRole.Button, new() { Name = stop }).ClickAsync();
        await Assertions.Expect(main).ToContainTextAsync("Mended in the next version");
        await page.Context.CloseAsync();
        Assert.Equal("stopped", (await fleet.Show(campaign)).Text("status"));
    }
}
