using Microsoft.Playwright;
using Tillkeeper.Core.Device;
using Tillkeeper.Pages.Harness;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Pages;

/// <summary>One terminal, from the desk of whoever may lock it.</summary>
public sealed class TerminalTests(Site site)
{
    [Theory]
    [InlineData("en", "Say why", "The till is lost.")]
    [InlineData("zh-CN", "请填写原因", "终端遗失。")]
    public async Task It_is_locked_with_a_reason_and_released_with_another(
        string language,
        string refused,
        string reason
    )
    {
        using var terminal = await DoorTerminal.Enrol(
            site.Server,
            await Shop.NewMerchant(site.Server, null, "Corner Shop")
        );
        var page = await site.Open(
            await site.Server.Person("risk"),
            $"/console/terminals/{terminal.Id}",
            language
        );
        await page.FillAsync("#lock-why", reason);
        await page.ClickAsync("#lock-form button");
        var standing = page.Locator("[data-lock]");
        await Assertions.Expect(standing).ToHaveCountAsync(1);
        await Assertions.Expect(standing).ToContainTextAsync(reason);

        var id = await standing.GetAttributeAsync("data-lock");
        // A policy that another test sets for everybody is an order too.
        var ordered = Assert.Single(await terminal.Orders(), o => o.Kind == "lock");
        await terminal.Report(new OrderApplied(ordered.Number, "lock", id));
        await page.ClickAsync($"#release-{id} summary");
        await page.FillAsync($"#why-{id}", "   ");
        await page.ClickAsync($"#release-{id} button");
        await Assertions.Expect(page.Locator("[data-code=invalid]")).ToContainTextAsync(refused);
        await page.ClickAsync($"#release-{id} summary");
        await page.FillAsync($"#why-{id}", "Found again.");
        await page.ClickAsync($"#release-{id} button");
        await page.WaitForURLAsync($"**/console/terminals/{terminal.Id}");
        await Assertions.Expect(page.Locator("[data-lock]")).ToHaveCountAsync(1);
        // Not yet over: the terminal has still to say so.
        var release = Assert.Single(await terminal.Orders(), o => o.Kind == "release");
        Assert.Equal(id, release.LockId);
        await terminal.Report(new OrderApplied(release.Number, "release", id));
        await Assertions.Expect(page.Locator("[data-lock]")).ToHaveCountAsync(0);
        await site.Inspect(page);
        await page.Context.CloseAsync();
    }
}
