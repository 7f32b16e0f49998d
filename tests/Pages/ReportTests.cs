using Microsoft.Playwright;
using Tillkeeper.Core.Locks;
using Tillkeeper.Pages.Harness;
using CaseShop = Tillkeeper.Server.Tests.Cases.Shop;

namespace Tillkeeper.Pages;

/// <summary>A month as charts, as the numbers below them, and on paper.</summary>
public sealed class ReportTests(Site site)
{
    [Theory]
    [InlineData("en", "Wrong passcodes", "Locks by cause")]
    [InlineData("zh-CN", "口令多次输错", "按原因统计的锁定")]
    public async Task Charts_are_drawn_from_the_numbers_below_them(
        string language,
        string cause,
        string title
    )
    {
        var shop = await CaseShop.Open(site.Server);
        await shop.Terminal.End(
            await shop.Terminal.Lock(Cause.WrongPassword),
            WayOut.ManagerSignIn
        );
        await shop.Terminal.Lock(Cause.WrongPassword);
        var page = await site.Open(shop.Merchant, "/console/reports", language);

        var figure = page.Locator("#chart-causes");
        await Assertions.Expect(figure).ToContainTextAsync(title);
        await Assertions.Expect(figure.Locator("canvas").First).ToBeVisibleAsync();
        var row = figure.Locator("tbody tr", new() { HasText = cause });
        await Assertions.Expect(row.Locator("td")).ToHaveTextAsync(["1", "1"]);
        await Assertions.Expect(page.Locator("#chart-hours canvas").First).ToBeVisibleAsync();
        var drawn = await page.EvaluateAsync<double[]>(
            "echarts.getInstanceByDom(document.querySelector('#chart-hours .chart')).getOption().series[0].data.map(p => p[2])"
        );
        Assert.Equal(2, drawn.Sum());

        await page.EmulateMediaAsync(new() { Media = Media.Print });
        Assert.Equal(0, await page.Locator(".navbar:visible, .btn:visible").CountAsync());
        await Picture.Take(page, "report-print", language);
        Assert.Empty(site.ComplaintsOf(page));
        await page.Context.CloseAsync();
    }
}
