using Microsoft.Playwright;
using Tillkeeper.Core.Policies;
using Tillkeeper.Core.Rules;
using Tillkeeper.Pages.Harness;
using Tillkeeper.Server.Tests.Crisis;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Pages;

/// <summary>A rule locks shops that did nothing: one person reads English, the other Chinese, and together they stop and undo it.</summary>
public sealed class CrisisTests(Site site)
{
    [Fact]
    public async Task Two_people_stop_a_rule_tell_the_shops_and_undo_what_it_locked()
    {
        var merchant = await Shop.NewMerchant(site.Server, null);
        var fleet = await SimFleet.Enrol(site.Server, merchant, 3);
        var locking = Policy.Default with
        {
            RefundBurst = Policy.Default.RefundBurst with
            {
                Mode = RuleMode.On,
                Then = RuleAction.Lock,
            },
        };
        foreach (var terminal in fleet.Terminals)
        {
            terminal.Obey(locking);
            Assert.Equal(FindingEffect.Lock, terminal.Find(RuleName.RefundBurst));
        }
        await fleet.SyncAll();

        var ann = await site.Open(await site.Server.Person("risk"), "/console/crises/new");
        await ann.Locator("#rule").SelectOptionAsync("refund_burst");
        await ann.Locator("#reason").FillAsync("Shops call in");
        await ann.GetByRole(AriaRole.Button, new() { Name = "Open" }).ClickAsync();
        await Assertions.Expect(ann.Locator("[data-state=open]")).ToBeVisibleAsync();
        await Assertions.Expect(ann.Locator("[data-count=terminals]")).ToHaveTextAsync("3");
        var path = new Uri(ann.Url).AbsolutePath;
        await Act(ann, "Stop the rule");
        await Assertions.Expect(Code(ann)).ToBeVisibleAsync();
        await site.Inspect(ann);
        await Picture.Take(ann, "crisis", "en");

        var bob = await site.Open(
            await site.Server.Person("risk"),
            path,
            "zh-CN",
            360,
            740,
            dark: true
        );
        await Assertions.Expect(bob.Locator("[data-awaits=stop]")).ToContainTextAsync("等待第二人");
        await Act(bob, "停止规则");
        await Assertions.Expect(bob.Locator("[data-state=stopped]")).ToBeVisibleAsync();
        // The first person's page hears of it.
        await Assertions.Expect(ann.Locator("[data-state=stopped]")).ToBeVisibleAsync();

        await ann.GetByRole(AriaRole.Link, new() { Name = "Tell all shops" }).ClickAsync();
        await ann.Locator("#chinese").FillAsync("不是您的问题，正在恢复");
        await ann.Locator("#english").FillAsync("Not your fault; it is being undone");
        await ann.GetByRole(AriaRole.Button, new() { Name = "Tell all shops" }).ClickAsync();
        await Assertions.Expect(ann.Locator("blockquote")).ToContainTextAsync("正在恢复");

        await Act(ann, "Undo its locks");
        await Assertions.Expect(Code(ann)).ToBeVisibleAsync();
        await Assertions.Expect(bob.Locator("[data-awaits=undo]")).ToBeVisibleAsync();
        await Act(bob, "撤销其锁定");
        while (await bob.Locator("[data-state=undone]").CountAsync() == 0)
        {
            await fleet.Tick();
            await bob.ReloadAsync();
        }
        await fleet.SyncAll();
        await Assertions.Expect(bob.Locator("[data-count=released]")).ToHaveTextAsync("3");
        await site.Inspect(bob);
        await Picture.Take(bob, "crisis", "zh");
        Assert.Empty(fleet.LocksThere());
        await ann.Context.CloseAsync();
        await bob.Context.CloseAsync();
    }

    private static ILocator Code(IPage page) =>
        page.Locator("[data-code='second_person_required']");

    private static async Task Act(IPage page, string name)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = name }).ClickAsync();
        await page.Locator("#reason").FillAsync("It was wrong");
        await page.GetByRole(AriaRole.Button, new() { Name = name }).ClickAsync();
    }
}
