using Microsoft.Playwright;
using Tillkeeper.Pages.Harness;

namespace Tillkeeper.Pages.Readers;

/// <summary>
/// The pictures in the README and the guides: <c>TILLKEEPER_LONG=1 TILLKEEPER_PICTURES=$PWD/docs/pictures</c> with this class alone writes them
/// anew. The short run looks at two of them, and writes none.
/// </summary>
public sealed class PicturesForReaders(Site site)
{
    private static readonly bool Every =
        Environment.GetEnvironmentVariable("TILLKEEPER_LONG") == "1";

    private static readonly string[] Names =
    [
        "home",
        "fleet",
        "terminal",
        "case",
        "policy",
        "campaign",
        "report",
        "audit",
        "shop",
        "shop-terminal",
    ];

    public static TheoryData<string, string> Pictures { get; } =
    [
        .. Names
            .SelectMany(n => (string[])["en", "zh"], (n, l) => (n, l))
            .Where((_, i) => Every || i is 5 or 16),
    ];

    [Theory]
    [MemberData(nameof(Pictures))]
    public async Task A_reader_sees_what_a_person_would(string name, string language)
    {
        var town = await site.Town;
        var phone = name.StartsWith("shop", StringComparison.Ordinal);
        var person = phone ? town.Owner : site.Server.Admin;
        var page = await site.Open(
            name is "case" ? town.Helpdesk : person,
            PathOf(town, name),
            language is "zh" ? "zh-CN" : "en",
            phone ? 390 : 1280,
            Height(name)
        );
        if (name is "policy")
        {
            await page.Locator("#document")
                .FillAsync("preset: standard\nwrongPassword: {attempts: 4, lockFor: PT30M}\n");
            await page.Locator("button[value=check]").ClickAsync();
        }
        await Assertions.Expect(page.Locator("main h1, h1").First).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("[data-code]")).ToHaveCountAsync(0);
        await site.Inspect(page);
        await Picture.OfWindow(page, $"{name}-{language}");
        await page.Context.CloseAsync();
    }

    private static int Height(string name) =>
        name switch
        {
            "home" => 620,
            "shop" or "shop-terminal" => 780,
            _ => 860,
        };

    private static string PathOf(Town town, string name) =>
        name switch
        {
            "fleet" => "/console/terminals",
            "terminal" => $"/console/terminals/{town.Till}",
            "case" => $"/console/cases/{town.Case}",
            "policy" => "/console/policies/target?of=provider",
            "campaign" => $"/console/campaigns/{town.Campaign}",
            "report" => "/console/reports",
            "audit" => "/console/audit",
            "shop" => "/shop",
            "shop-terminal" => $"/shop/terminals/{town.Till}",
            _ => "/console",
        };
}
