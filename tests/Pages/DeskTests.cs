using System.Text.RegularExpressions;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Pages.Harness;
using Tillkeeper.Server.Tests.Running;
using static Microsoft.Playwright.Assertions;
using Shop = Tillkeeper.Server.Tests.Cases.Shop;

namespace Tillkeeper.Pages;

/// <summary>The case desk, from the side of the people who settle cases at it.</summary>
public sealed class DeskTests(Site site)
{
    /// <summary>A real picture, one pixel large.</summary>
    private static readonly byte[] Paper = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    );

    [Theory]
    [InlineData("en", "Open", "Approved", "Closed", "The same")]
    [InlineData("zh-CN", "处理中", "已批准", "已关闭", "一致")]
    public async Task A_forgotten_passcode_is_settled_with_the_keyboard_alone_from_the_call_to_the_release(
        string language,
        string open,
        string approved,
        string settled,
        string same
    )
    {
        var shop = await Shop.Open(site.Server);
        var lockId = await shop.Terminal.Lock(Cause.WrongPassword);

        // One of the helpdesk takes the call and opens the case.
        var call = await site.Open(
            await site.Server.Person("helpdesk"),
            $"/console/cases/new?terminal={shop.Terminal.Id}",
            language
        );
        await call.Keyboard.TypeAsync("Wang Wei");
        await call.Keyboard.PressAsync("Tab");
        await call.Keyboard.TypeAsync("139 1234 5678");
        await call.Keyboard.PressAsync("Enter");
        await call.WaitForURLAsync(IsCase);
        var id = new Uri(call.Url).Segments[^1];
        await call.Context.CloseAsync();

        // Another one has the list before them, and finds it by the keyboard.
        var desk = await site.Open(
            shop.Helpdesk,
            $"/console/cases?merchant={shop.MerchantId}",
            language
        );
        await desk.Keyboard.PressAsync("j");
        await desk.Keyboard.PressAsync("Enter");
        await desk.WaitForURLAsync(IsCase);
        await Expect(desk.Locator(".datagrid").First).ToContainTextAsync(open);

        // The papers arrive while they look: they appear by themselves, beside the file.
        await Expect(desk.Locator("#live-state[data-connected=true]")).ToBeVisibleAsync();
        foreach (var kind in (string[])["business_licence", "identity_card"])
        {
            (await shop.Merchant.Put(Shop.PathOf(id, $"/documents/{kind}"), Paper)).Expect(204);
        }
        await Expect(desk.Locator(".papers img")).ToHaveCountAsync(2);
        await Expect(desk.Locator("#checklist [data-done=yes]")).ToHaveCountAsync(2);

        await desk.Keyboard.PressAsync("f");
        await desk.Keyboard.TypeAsync("Noodle shop");
        await desk.Keyboard.PressAsync("Tab");
        await desk.Keyboard.TypeAsync("SHOP-0001");
        await desk.Keyboard.PressAsync("Enter");
        await Expect(desk.Locator("#compare-result [data-likeness=match]")).ToHaveCountAsync(2);
        await Expect(desk.Locator("#compare-result")).ToContainTextAsync(same);

        // The number on file is masked until somebody is going to call it.
        await Expect(desk.Locator("#call")).ToContainTextAsync("138****8000");
        await desk.Keyboard.PressAsync("c");
        await desk.Keyboard.PressAsync("Enter");
        await Expect(desk.Locator("#number-to-call")).ToHaveTextAsync("13800138000");
        await Picture.Take(desk, "desk-call", language);
        await desk.Keyboard.PressAsync("Space");
        await desk.Keyboard.PressAsync("Enter");
        await Expect(desk.Locator("#number-to-call")).ToHaveCountAsync(0);

        await desk.Keyboard.PressAsync("y");
        await desk.Keyboard.TypeAsync("Papers match, the shop has confirmed.");
        await desk.Keyboard.PressAsync("Tab");
        await desk.Keyboard.PressAsync("Enter");
        await Expect(desk.Locator(".datagrid").First).ToContainTextAsync(approved);
        await site.Inspect(desk);

        await shop.Terminal.Report(
            new OrderApplied(1, "passcode_reset", lockId),
            new LockEnded(lockId, WayOut.PasswordReset, new DeviceTime("boot", 2000, null)),
            new PasscodeSet("operator-1", PasscodeOrigin.Reset, new string('0', 64), lockId),
            new OperatorSignedIn("operator-1", OperatorRole.Cashier, lockId)
        );
        await Expect(desk.Locator(".datagrid").First).ToContainTextAsync(settled);
        // Two papers, each read with the five pages that showed it: one that keeps itself fresh does not read them again.
        await Expect(desk.Locator("#timeline [data-type^='case.document_read']"))
            .ToHaveCountAsync(2 * 5);
        await Picture.Take(desk, "desk-settled", language);
        await desk.Context.CloseAsync();
    }

    [Theory]
    [InlineData("en", "A second person is needed", "Approved")]
    [InlineData("zh-CN", "需要第二人", "已批准")]
    public async Task Two_people_approve_what_one_must_not(
        string language,
        string waits,
        string approved
    )
    {
        var shop = await Shop.Open(site.Server);
        var (id, _) = await shop.Case(Cause.LocationAnomaly, "provider_release");

        var first = await site.Open(shop.Risk, $"/console/cases/{id}", language, 360, 740);
        await first.Locator("#decide-reason").FillAsync("The lease is genuine.");
        await first.Locator("button[value=approve]").ClickAsync();
        await Expect(first.Locator("[role=alert]")).ToContainTextAsync(waits);
        await site.Inspect(first);
        await first.Context.CloseAsync();
        Assert.DoesNotContain("release", await shop.Terminal.Orders());

        var second = await site.Open(
            await site.Server.Person("risk"),
            $"/console/cases/{id}",
            language
        );
        await Expect(second.Locator("#decide [role=status]"))
            .ToContainTextAsync("Somebody of risk");
        await second.Locator("#decide-reason").FillAsync("I have seen it too.");
        await second.Locator("button[value=approve]").ClickAsync();
        await Expect(second.Locator(".datagrid").First).ToContainTextAsync(approved);
        await second.Context.CloseAsync();
        // Other tests set policies for everybody meanwhile.
        Assert.Single(await shop.Terminal.Orders(), "release");
    }

    [Fact]
    public async Task The_code_for_a_terminal_without_a_connection_is_shown_once_and_spelled()
    {
        var shop = await Shop.Open(site.Server);
        var (id, lockId) = await shop.Case(wayOut: "offline_code");
        (await shop.Helpdesk.Post(Shop.PathOf(id, "/decision"), Shop.Approve)).Expect(200);

        var desk = await site.Open(shop.Helpdesk, $"/console/cases/{id}", "zh-CN");
        await desk.Keyboard.PressAsync("o");
        await desk.Keyboard.TypeAsync("nonsense");
        await desk.Keyboard.PressAsync("Enter");
        await Expect(desk.Locator("#code [role=alert]")).ToContainTextAsync("质询码");
        await desk.Locator("#challenge")
            .FillAsync(shop.Terminal.Challenge(lockId, Cause.WrongPassword));
        await desk.Keyboard.PressAsync("Enter");
        Assert.Matches(EightDigits, await desk.Locator("#code-digits").InnerTextAsync());
        await Picture.Take(desk, "desk-code");
        await desk.Context.CloseAsync();
    }

    private static Regex EightDigits { get; } =
        new("^(\\d\\d ){3}\\d\\d$", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    private static bool IsCase(string url) =>
        new Uri(url).Segments is [.., "cases/", { Length: 10 }];
}
