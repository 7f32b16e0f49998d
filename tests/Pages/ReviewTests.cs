using Tillkeeper.Core.Locks;
using Tillkeeper.Pages.Harness;
using Tillkeeper.Server.Tests.Running;
using static Microsoft.Playwright.Assertions;
using Shop = Tillkeeper.Server.Tests.Cases.Shop;

namespace Tillkeeper.Pages;

/// <summary>What comes after the desk: complaints, alerts, repairs; each for the people who answer for it.</summary>
public sealed class ReviewTests(Site site)
{
    [Theory]
    [InlineData("en", "who had no part", "Was wrong")]
    [InlineData("zh-CN", "未参与此事", "撤销原处理")]
    public async Task A_complaint_is_answered_by_somebody_else_than_who_decided(
        string language,
        string notYours,
        string overturned
    )
    {
        var shop = await Shop.Open(site.Server);
        var (id, _) = await shop.Case(Cause.Remote, "provider_release");
        (await shop.Risk.Post(Shop.PathOf(id, "/decision"), Shop.Refuse)).Expect(200);
        var made = await shop.Merchant.Post(
            "/api/v1/complaints",
            new
            {
                kind = "decision",
                caseId = id,
                text = "My papers are genuine.",
            }
        );
        var path = $"/console/complaints/{made.Expect(201).Text("id")}";

        var decider = await site.Open(shop.Risk, path, language);
        await Expect(decider.Locator("#review")).ToContainTextAsync(notYours);
        await Expect(decider.Locator("#review-form")).ToHaveCountAsync(0);
        await decider.Context.CloseAsync();

        var reviewer = await site.Open(await site.Server.Person("risk"), path, language, 360, 740);
        await Expect(reviewer.Locator("blockquote")).ToHaveTextAsync("My papers are genuine.");
        await reviewer.Locator("#review-reason").FillAsync("They are.");
        await reviewer.Locator("button[value=overturned]").ClickAsync();
        await Expect(reviewer.Locator("#complaint-outcome")).ToContainTextAsync(overturned);
        await site.Inspect(reviewer);
        await reviewer.Context.CloseAsync();
    }

    [Theory]
    [InlineData("en", "Somebody of helpdesk", "Settled")]
    [InlineData("zh-CN", "Somebody of helpdesk", "已办结")]
    public async Task An_alert_is_taken_over_and_settled(
        string language,
        string owner,
        string settled
    )
    {
        var shop = await Shop.Open(site.Server);
        await shop.Terminal.Lock(Cause.Tamper);
        var helpdesk = await site.Server.Person("helpdesk");
        var list = await site.Open(
            helpdesk,
            $"/console/alerts?terminal={shop.Terminal.Id}",
            language
        );
        await list.Locator("[data-open]").First.ClickAsync();
        await list.Locator("#own-form button").ClickAsync();
        await Expect(list.Locator("#alert-owner")).ToHaveTextAsync(owner);
        await list.Locator("#settle-reason").FillAsync("The terminal is on its way to the depot.");
        await list.Locator("#settle-form button").ClickAsync();
        await Expect(list.Locator("#alert-state")).ToHaveTextAsync(settled);
        await site.Inspect(list);
        await list.Context.CloseAsync();
    }

    [Theory]
    [InlineData("en", "A second person is needed", "Accepted")]
    [InlineData("zh-CN", "需要第二人", "已验收")]
    public async Task A_repaired_terminal_comes_back_when_two_people_accept_it(
        string language,
        string waits,
        string accepted
    )
    {
        var merchant = await Server.Tests.Running.Shop.NewMerchant(site.Server, null);
        using var terminal = await DoorTerminal.Enrol(site.Server, merchant);
        var fault = TestTerminal.NewId();
        await terminal.Report(Server.Tests.Running.Shop.Raise(fault, Cause.HardwareFault));
        var id = await ShopRepairs.Ask(site.Server, terminal.Id, "printer", fault);
        var path = $"/console/repairs/{id}";

        // Fleet sends somebody, sees who it is, and the terminal goes out of the shop.
        var fleet = await site.Open(await site.Server.Person("fleet"), path, language);
        await fleet.Locator("#dispatch-company").FillAsync("Huaxin Repairs");
        await fleet.Locator("#dispatch-repairer").FillAsync("Zhao Lei");
        await fleet.Locator("#dispatch-form button").ClickAsync();
        await fleet.Locator("#identity-form button").ClickAsync();
        await fleet.Locator("#custody-condition").FillAsync("no scratches");
        await fleet.Locator("#custody-form button").ClickAsync();
        await fleet.Locator("#result > summary").ClickAsync();
        await fleet.Locator("#result-work").FillAsync("Print head replaced.");
        await fleet.Locator("#result-form button").ClickAsync();
        await fleet.Locator("#custody-condition").FillAsync("no scratches");
        await fleet.Locator("#custody-form button").ClickAsync();
        await Expect(fleet.Locator("ol li")).ToHaveCountAsync(2);
        await terminal.Report(ShopRepairs.Tested(site.Server.Clock.GetUtcNow()));
        await site.Inspect(fleet);
        await fleet.Context.CloseAsync();

        foreach (var last in (bool[])[false, true])
        {
            var page = await site.Open(await site.Server.Person("risk"), path, language, 360, 740);
            await page.Locator("#acceptance-reason").FillAsync("It prints.");
            await page.Locator("#acceptance-form button").ClickAsync();
            await (
                last
                    ? Expect(page.Locator("#repair-status")).ToHaveTextAsync(accepted)
                    : Expect(page.Locator("#acceptance [role=alert]")).ToContainTextAsync(waits)
            );
            await page.Context.CloseAsync();
        }
        // A policy that another test sets for everybody reaches this terminal too.
        var release = Assert.Single(await terminal.Orders(), o => o.Kind == "release");
        Assert.Equal(fault, release.LockId);
    }
}
