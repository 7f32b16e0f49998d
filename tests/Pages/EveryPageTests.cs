using Tillkeeper.Pages.Harness;
using Tillkeeper.Server.Tests.Isolation;
using Tillkeeper.Server.Tests.Isolation.Pages;

namespace Tillkeeper.Pages;

/// <summary>Each page there is, as a person sees it: on a phone in the dark in English, on a wide screen by day in Chinese.</summary>
public sealed class EveryPageTests(Site site)
{
    /// <summary>In the short run each page is looked at one way, the next the other; in the long one both ways.</summary>
    private static readonly bool Both =
        Environment.GetEnvironmentVariable("TILLKEEPER_LONG") == "1";

    private static readonly string[] Paths =
    [
        .. PageRecipes
            .All.Where(r =>
                r.Route.StartsWith("GET ", StringComparison.Ordinal)
                // A file to take along, not a page to look at.
                && !r.Route.EndsWith("/export", StringComparison.Ordinal)
            )
            .Select(r => r.Route)
            .Except(PageRecipes.Files, StringComparer.Ordinal),
    ];

    public static TheoryData<string> Narrow { get; } =
    [.. Paths.Where((_, i) => Both || i % 2 == 0)];

    public static TheoryData<string> Wide { get; } = [.. Paths.Where((_, i) => Both || i % 2 == 1)];

    [Theory]
    [MemberData(nameof(Narrow))]
    public Task On_a_phone_in_the_dark_in_English(string route) =>
        Look(route, "en", 360, 740, true);

    [Theory]
    [MemberData(nameof(Wide))]
    public Task On_a_wide_screen_by_day_in_Chinese(string route) =>
        Look(route, "zh-CN", 1920, 1080, false);

    private async Task Look(string route, string language, int width, int height, bool dark)
    {
        var tree = await site.Shops;
        Recipe recipe = PageRecipes.All.Single(r => r.Route == route);
        var person = recipe.Allows("admin")
            ? site.Server.Admin
            : await site.Server.Person("merchant", tree.B1.Merchant);
        var page = await site.Open(person, recipe.Path(tree.B1), language, width, height, dark);
        Assert.Equal(
            language == "en" ? "en" : "zh-Hans",
            await page.Locator("html").GetAttributeAsync("lang")
        );
        await site.Inspect(page);
        await Picture.Take(page, $"{width}-{language}", route);
        await page.Context.CloseAsync();
    }
}
