using Microsoft.Playwright;
using Tillkeeper.Core.Locks;
using Tillkeeper.Pages.Harness;
using Tillkeeper.Server.Tests.Announcements;
using Tillkeeper.Server.Tests.Running;
using Shop = Tillkeeper.Server.Tests.Cases.Shop;

namespace Tillkeeper.Pages;

/// <summary>The journeys of a shop's owner, on the phone in their pocket.</summary>
public sealed class PortalTests(Site site)
{
    private const int Narrow = 360;
    private static readonly byte[] Photo = Server.Tests.Running.Shop.Photo;

    [Theory]
    [InlineData("en", "What to do now", "Received. Thank you.", "JPEG")]
    [InlineData("zh-CN", "现在怎么办", "已收到，谢谢。", "JPEG")]
    public async Task An_owner_asks_for_a_new_passcode_sends_documents_and_says_how_it_went(
        string language,
        string now,
        string received,
        string types
    )
    {
        var shop = await Shop.Open(site.Server);
        var locked = await shop.Terminal.Lock(Cause.WrongPassword);
        var page = await Open(shop.Merchant, "/shop", language);
        await page.Locator($"[data-terminal='{shop.Terminal.Id}']").ClickAsync();
        await Assertions.Expect(page.GetByText(now)).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("E01").First).ToBeVisibleAsync();

        await page.Locator($"[data-lock='{locked}'] [data-way='password_reset']").ClickAsync();
        await page.Locator("#name").FillAsync("王伟");
        await page.Locator("#phone").FillAsync("139 1234 5678");
        await site.Inspect(page);
        await page.Locator("main button.big").ClickAsync();
        await Assertions
            .Expect(page.Locator("[data-next]"))
            .ToHaveAttributeAsync("data-next", "applicant");

        // Something that is no photo is refused for itself alone, and can be sent again.
        var licence = page.Locator("form[data-upload]:has(#file-business_licence)");
        await Send(licence, "notes.txt", "text/plain", "no photo"u8.ToArray());
        await Assertions.Expect(licence.Locator("[role=status]")).ToContainTextAsync(types);
        await Send(licence, "licence.png", "image/png", Photo);
        await Assertions.Expect(licence.Locator("[role=status]")).ToHaveTextAsync(received);
        var card = page.Locator("form[data-upload]:has(#file-identity_card)");
        await Send(card, "card.png", "image/png", Photo);
        await Assertions.Expect(card.Locator("[role=status]")).ToHaveTextAsync(received);
        await Assertions.Expect(page.Locator("[data-document]")).ToHaveCountAsync(2);
        await Picture.Take(page, "shop-case", language);

        var id = new Uri(page.Url).Segments[^1];
        (await shop.Helpdesk.Post(Shop.PathOf(id, "/decision"), Shop.Refuse)).Expect(200);
        await Assertions
            .Expect(page.Locator("[data-state]"))
            .ToHaveAttributeAsync("data-state", "refused");
        await page.ReloadAsync();
        await page.Locator("button[name=score][value='4']").ClickAsync();
        await Assertions.Expect(page.Locator("[data-score='4']")).ToBeVisibleAsync();
        await page.Locator("#reason").FillAsync("The papers are here now.");
        await page.Locator("form[action$='/reopen'] button").ClickAsync();
        await Assertions
            .Expect(page.Locator("[data-state]"))
            .ToHaveAttributeAsync("data-state", "open");
        await site.Inspect(page);
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("en", "New cables in the data centre.", "Send documents")]
    [InlineData("zh-CN", "机房更换线缆。", "请上传资料")]
    public async Task An_owner_sees_what_is_owed_what_is_planned_and_the_worst_terminal_first(
        string language,
        string planned,
        string owed
    )
    {
        var shop = await Shop.Open(site.Server);
        await TestTerminal.Enrol(site.Server, shop.MerchantId);
        await shop.Case();
        var notice = await Announcing.Announce(site.Server, shop.MerchantId);
        var page = await Open(shop.Merchant, "/shop", language);
        await Assertions
            .Expect(page.Locator($"[data-notice='{notice}']"))
            .ToContainTextAsync(planned);
        await Assertions.Expect(page.Locator("[data-due=send_documents]")).ToContainTextAsync(owed);
        await Assertions
            .Expect(page.Locator("[data-terminal]").First)
            .ToHaveAttributeAsync("data-terminal", shop.Terminal.Id);

        // Live: what the terminal says is on the page without a reload.
        await Assertions
            .Expect(page.Locator("#live-state"))
            .ToHaveAttributeAsync("data-connected", "true");
        await shop.Terminal.Lock(Cause.Binding);
        await Assertions
            .Expect(page.Locator($"[data-terminal='{shop.Terminal.Id}']"))
            .ToContainTextAsync("E11");
        await site.Inspect(page);
        await Picture.Take(page, "shop-home", language);
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("en", "No terminal yet")]
    [InlineData("zh-CN", "还没有终端")]
    public async Task An_owner_without_a_terminal_is_told_so(string language, string none)
    {
        var merchant = await Server.Tests.Running.Shop.NewMerchant(site.Server, org: null);
        var page = await Open(await site.Server.Person("merchant", merchant), "/shop", language);
        await Assertions.Expect(page.GetByText(none)).ToBeVisibleAsync();
        await site.Inspect(page);
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("en", "Independent reviewer")]
    [InlineData("zh-CN", "独立")]
    public async Task An_owner_complains_about_a_lock_follows_it_and_takes_it_to_the_management(
        string language,
        string reviewer
    )
    {
        var shop = await Shop.Open(site.Server);
        var locker = await site.Server.Locker();
        (
            await locker.Post(
                $"/api/v1/terminals/{shop.Terminal.Id}/locks",
                new { cause = "remote", reason = "test" }
            )
        ).Expect(202);
        var page = await Open(shop.Merchant, $"/shop/terminals/{shop.Terminal.Id}", language);
        await page.Locator("[data-way=complaint]").ClickAsync();
        await page.Locator("#text").FillAsync("Nobody told me why.");
        await site.Inspect(page);
        await page.Locator("main button.big").ClickAsync();
        await Assertions.Expect(page.Locator("[data-state=open]")).ToContainTextAsync(reviewer);
        await page.Locator("button[value=management]").ClickAsync();
        await Assertions.Expect(page.Locator(".happened li")).ToHaveCountAsync(2);
        await site.Inspect(page);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task An_owner_says_when_not_to_be_disturbed_and_keeps_the_address()
    {
        var shop = await Shop.Open(site.Server);
        var page = await Open(shop.Merchant, "/shop/settings", "en");
        await page.Locator("#email").FillAsync("shop@example.com");
        await page.Locator("main button.big").ClickAsync();
        await Assertions.Expect(page.Locator("#email-now")).ToContainTextAsync("@example.com");
        await page.Locator("#from").FillAsync("21:00");
        await page.Locator("input[name=optOut]").First.CheckAsync();
        await page.Locator("main button.big").ClickAsync();
        await Assertions.Expect(page.Locator("#from")).ToHaveValueAsync("21:00");
        await Assertions.Expect(page.Locator("#email-now")).ToContainTextAsync("@example.com");
        await Assertions.Expect(page.Locator("input[name=optOut]").First).ToBeCheckedAsync();
        await page.Context.CloseAsync();
    }

    private Task<IPage> Open(TestPerson person, string path, string language) =>
        site.Open(person, path, language, Narrow, 740);

    private static async Task Send(ILocator form, string name, string type, byte[] content)
    {
        await form.Locator("input[type=file]")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = name,
                    MimeType = type,
                    Buffer = content,
                }
            );
        await form.Locator("button").ClickAsync();
    }
}
