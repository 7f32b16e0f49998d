using System.Text.Json;
using Microsoft.Playwright;
using Tillkeeper.Pages.Harness;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Pages;

/// <summary>An auditor finds who locked a terminal, sees that the log is whole, and takes what was found along.</summary>
public sealed class AuditTests(Site site)
{
    [Theory]
    [InlineData("en", "Search", "Verify now", "Nothing was altered", "When")]
    [InlineData("zh-CN", "搜索", "立即校验", "未发现篡改", "时间")]
    public async Task An_auditor_searches_verifies_and_exports(
        string language,
        string search,
        string verify,
        string whole,
        string when
    )
    {
        var merchant = await Shop.NewMerchant(site.Server, null);
        using var terminal = await DoorTerminal.Enrol(site.Server, merchant);
        var locker = await site.Server.Person("risk");
        (
            await locker.Post(
                $"/api/v1/terminals/{terminal.Id}/locks",
                new { cause = "anomaly", reason = "looked odd" }
            )
        ).Expect(202);

        var auditor = await site.Server.Person("auditor");
        var page = await site.Open(auditor, "/console/audit", language);
        await page.Locator("input[name=who]").FillAsync(locker.Id);
        await page.Locator("input[name=what]").FillAsync("terminal.lock_ordered");
        await page.Locator("input[name=of]").FillAsync($"terminal/{terminal.Id}");
        await page.GetByRole(AriaRole.Button, new() { Name = search, Exact = true }).ClickAsync();
        var row = page.Locator("tr[data-row]");
        await Assertions.Expect(row).ToHaveCountAsync(1);
        await Assertions.Expect(row).ToContainTextAsync("Somebody of risk");
        await site.Inspect(page);
        await Picture.Take(page, "audit", language);

        var line = Assert.Single(await Taken(page, "a[href^='/console/audit/export']", language));
        Assert.Contains(
            "looked odd",
            JsonElement.Parse(line).GetProperty("data").GetRawText(),
            StringComparison.Ordinal
        );
        var rows = await Taken(page, "a[href*='format=csv']", language);
        Assert.Equal(2, rows.Length);
        Assert.StartsWith("\uFEFF" + when, rows[0], StringComparison.Ordinal);

        await page.GetByRole(AriaRole.Button, new() { Name = verify }).ClickAsync();
        await Assertions.Expect(page.Locator("[data-verified=ok]")).ToContainTextAsync(whole);
        Assert.Empty(site.ComplaintsOf(page));
        await Picture.Take(page, "audit-verified", language);
        await page.Context.CloseAsync();
    }

    /// <summary>The lines of the file behind a link. A test's key goes with a request, not with a browser's download.</summary>
    private static async Task<string[]> Taken(IPage page, string link, string language)
    {
        var address = await page.Locator(link).EvaluateAsync<string>("a => a.href");
        var answer = await page.APIRequest.GetAsync(
            address,
            new() { Headers = [KeyValuePair.Create("Accept-Language", language)] }
        );
        Assert.True(answer.Ok);
        Assert.Contains(
            "attachment",
            answer.Headers["content-disposition"],
            StringComparison.Ordinal
        );
        return (await answer.TextAsync()).Split(
            '\n',
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
        );
    }
}
