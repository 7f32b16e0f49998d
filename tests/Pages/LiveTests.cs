using Microsoft.Playwright;
using Tillkeeper.Pages.Harness;
using Tillkeeper.Server.Tests.Running;

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

    [Fact]
    public async Task A_lock_shows_on_the_terminals_open_page_without_disturbing_who_reads_or_types()
    {
        using var terminal = await DoorTerminal.Enrol(
            site.Server,
            await Shop.NewMerchant(site.Server, null, "Corner Shop")
        );
        var page = await site.Open(site.Server.Admin, $"/console/terminals/{terminal.Id}");
        await Assertions.Expect(page.Locator("#live-state")).ToHaveTextAsync("Live");
        await Assertions.Expect(page.Locator("[data-lock]")).ToHaveCountAsync(0);
        // What is typed meanwhile stays.
        await page.FillAsync("#lock-why", "half a sentence");

        var locked = await (await site.Server.Locker()).Post(
            $"/api/v1/terminals/{terminal.Id}/locks",
            new { cause = "remote", reason = "The till is lost." }
        );

        await Assertions
            .Expect(page.Locator($"[data-lock='{locked.Text("lockId")}']"))
            .ToBeVisibleAsync();
        Assert.Equal("half a sentence", await page.InputValueAsync("#lock-why"));

        // What was opened stays open, whatever else changes.
        var release = page.Locator($"#release-{locked.Text("lockId")}");
        await release.Locator("summary").ClickAsync();
        await release.Locator("input[name=reason]").FillAsync("Found");
        await (await site.Server.Locker()).Post(
            $"/api/v1/terminals/{terminal.Id}/locks",
            new { cause = "anomaly", reason = "And it sells at night." }
        );
        await Assertions.Expect(page.Locator("[data-lock]")).ToHaveCountAsync(2);
        await Assertions.Expect(release).ToHaveAttributeAsync("open", "");
        Assert.Equal("Found", await release.Locator("input[name=reason]").InputValueAsync());
        await page.Context.CloseAsync();
    }
}
