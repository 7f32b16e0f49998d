using Microsoft.Playwright;
using Tillkeeper.Pages.Harness;

namespace Tillkeeper.Pages;

/// <summary>An open page says when it has lost touch, and catches up by itself.</summary>
public sealed class LiveTests(Site site)
{
    [Theory]
    [InlineData("en", "Connection lost", "Live")]
    [InlineData("zh-CN", "连接中断", "实时")]
    public async Task A_page_whose_stream_is_cut_shows_its_age_and_heals(
        string language,
        string lost,
        string live
    )
    {
        var page = await site.Open(site.Server.Admin, "/console", language);
        var state = page.Locator("#live-state");
        await Assertions.Expect(state).ToHaveTextAsync(live);

        await page.RouteAsync("**/live?*", route => route.AbortAsync());
        await page.ReloadAsync();
        await Assertions.Expect(state).ToContainTextAsync(lost);

        await page.UnrouteAllAsync();
        await Assertions.Expect(state).ToHaveTextAsync(live);
        await page.Context.CloseAsync();
    }
}
