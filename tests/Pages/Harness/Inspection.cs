using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Tillkeeper.Pages.Harness;

/// <summary>What must hold for every page, whatever is on it.</summary>
internal static class Inspection
{
    /// <summary>Nothing serious for people who see or hear badly, no complaint of the browser, nothing to scroll sideways for.</summary>
    public static async Task Inspect(this Site site, IPage page)
    {
        var wide = await page.EvaluateAsync<int>(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        );
        Assert.True(
            wide <= 0,
            $"{page.Url} is {wide} px too wide for {page.ViewportSize!.Width} px."
        );
        var axe = await page.RunAxe();
        var grave = axe.Violations.Where(v => v.Impact is "serious" or "critical");
        Assert.True(
            !grave.Any(),
            $"{page.Url}: "
                + string.Join(
                    "; ",
                    grave.Select(v =>
                        $"{v.Id}: {v.Help}: {string.Join(", ", v.Nodes.Select(n => n.Html))}"
                    )
                )
        );
        Assert.Empty(site.ComplaintsOf(page));
    }
}
