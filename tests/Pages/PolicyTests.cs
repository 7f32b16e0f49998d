using Microsoft.Playwright;
using Tillkeeper.Pages.Harness;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Pages;

/// <summary>Whoever writes the rules edits a policy: told of mistakes with their line, shown what changes, and another person agrees.</summary>
public sealed class PolicyTests(Site site)
{
    [Theory]
    [InlineData(
        "en",
        "Check",
        "Set it",
        "Line 2:",
        "Terminals that it changes something for: 1",
        "begins to act"
    )]
    [InlineData("zh-CN", "检查", "生效", "第2行：", "将影响1台终端", "将开始执行")]
    public async Task A_mistake_is_told_with_its_line_and_a_rule_begins_to_act_when_two_have_agreed(
        string language,
        string check,
        string set,
        string line,
        string reaches,
        string acts
    )
    {
        var merchant = await Shop.NewMerchant(site.Server, null);
        using var terminal = await DoorTerminal.Enrol(site.Server, merchant);
        var writer = await site.Server.Person("risk");
        var other = await site.Server.Person("risk");
        var path = $"/console/policies/target?of={Uri.EscapeDataString($"merchant:{merchant}")}";

        var page = await site.Open(writer, path, language);
        var editor = page.Locator("#document");
        await editor.FillAsync("away: {idleAfter: PT9M}\nnightTrading: {mode: loud}\n");
        await page.GetByRole(AriaRole.Button, new() { Name = check }).ClickAsync();
        var mistake = page.Locator("[data-errors] [data-line='2']");
        await Assertions.Expect(mistake).ToHaveTextAsync(line);
        await site.Inspect(page);
        await Picture.Take(page, "policy-mistake", language);
        await mistake.ClickAsync();
        Assert.Equal(
            "nightTrading: {mode: loud}",
            await editor.EvaluateAsync<string>(
                "e => e.value.slice(e.selectionStart, e.selectionEnd)"
            )
        );

        await editor.FillAsync("away: {idleAfter: PT9M}\nnightTrading: {mode: on}\n");
        await page.GetByRole(AriaRole.Button, new() { Name = check }).ClickAsync();
        var outcome = page.Locator("[data-outcome]");
        await Assertions.Expect(outcome).ToContainTextAsync(reaches);
        await Assertions.Expect(outcome).ToContainTextAsync("away.idleAfter");
        await Assertions
            .Expect(outcome.Locator("[data-switched='nightTrading']"))
            .ToContainTextAsync(acts);
        await Assertions
            .Expect(outcome.Locator(".diff-new").First)
            .ToContainTextAsync("+ away: {idleAfter: PT9M}");
        await site.Inspect(page);
        await Picture.Take(page, "policy-outcome", language);
        await page.Locator("#reason").FillAsync("Closed at night");
        await page.GetByRole(AriaRole.Button, new() { Name = set }).ClickAsync();
        await Assertions
            .Expect(page.Locator("[data-code='second_person_required']"))
            .ToBeVisibleAsync();
        await page.Context.CloseAsync();

        var second = await site.Open(other, path, language);
        await Assertions
            .Expect(second.Locator("[data-proposal]"))
            .ToContainTextAsync("Closed at night");
        await second.Locator("#reason").FillAsync("Agreed");
        await second.GetByRole(AriaRole.Button, new() { Name = set }).ClickAsync();
        await Assertions.Expect(second.Locator("[data-proposal]")).ToHaveCountAsync(0);
        await Assertions.Expect(second.Locator("details")).ToContainTextAsync("Agreed");
        await site.Inspect(second);
        await Picture.Take(second, "policy-set", language);
        await second.Context.CloseAsync();
        var stands = await writer.Get($"/api/v1/policies/merchant:{merchant}");
        Assert.Contains("mode: on", stands.Expect(200).Text("document"), StringComparison.Ordinal);
    }
}
