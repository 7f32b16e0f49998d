using System.Globalization;
using Microsoft.Playwright;
using Tillkeeper.Pages.Harness;
using Tillkeeper.Server.People.SignIn;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Pages;

/// <summary>From an invitation to the first page, as a new colleague does it.</summary>
public sealed class SignInTests(Site site)
{
    [Theory]
    [InlineData("en", "Welcome", "Your recovery codes", "Show who you are")]
    [InlineData("zh-CN", "欢迎", "您的恢复码", "请再次验证身份")]
    public async Task A_new_colleague_sets_password_and_phone_and_comes_in(
        string language,
        string welcome,
        string recovery,
        string again
    )
    {
        var login = $"colleague-{Letters.Random()}";
        var link = await Invite(login);
        var page = await site.Open(null, link, language, 360, 740);
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync(welcome);
        await site.Inspect(page);
        await Picture.Take(page, "invitation", language);

        await page.Locator("summary").ClickAsync();
        var secret = await page.Locator(".spelled").InnerTextAsync();
        await page.Locator("#password").FillAsync("ein langer satz 一句话");
        await page.Locator("#code").FillAsync(CodeOf(secret, 0));
        await page.Locator("main button:not([data-passkey])").ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync(recovery);
        await site.Inspect(page);
        var codes = await page.Locator("li.code").AllInnerTextsAsync();
        Assert.Equal(10, codes.Count);

        await page.Locator("main a.btn").ClickAsync();
        await page.Locator("#login").FillAsync(login.ToUpperInvariant());
        await page.Locator("#password").FillAsync("not my password");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("[data-code=wrong_sign_in]")).ToBeVisibleAsync();
        Assert.Equal(login.ToUpperInvariant(), await page.Locator("#login").InputValueAsync());
        await Picture.Take(page, "sign-in", language);
        await page.Locator("#password").FillAsync("ein langer satz 一句话");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#code").FillAsync(codes[0]);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/console");

        await page.GotoAsync("/sign-in/again?return=/account");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync(again);
        await page.Locator("#password").FillAsync("ein langer satz 一句话");
        await page.Locator("#code").FillAsync(CodeOf(secret, 1));
        await page.Keyboard.PressAsync("Enter");
        // The page before names it too, as the way back.
        await page.WaitForURLAsync(url => new Uri(url).AbsolutePath == "/account");
        await site.Inspect(page);
        await page.Locator("header form button").ClickAsync();
        await page.WaitForURLAsync("**/sign-in");
        await page.Context.CloseAsync();
    }

    /// <summary>By the admin, on the page for it.</summary>
    private async Task<string> Invite(string login)
    {
        var page = await site.Open(site.Server.Admin, "/console/people");
        await page.Locator("#name").FillAsync("New colleague");
        await page.Locator("#login").FillAsync(login);
        await page.Locator("#role").SelectOptionAsync("helpdesk");
        await page.Locator("form:has(#login) button").ClickAsync();
        var link = await page.Locator("#invitation").InputValueAsync();
        await page.Context.CloseAsync();
        return link;
    }

    private static string CodeOf(string spelled, int stepsAhead)
    {
        const string base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var bits = string.Concat(
            spelled
                .Where(c => c != ' ')
                .Select(c =>
                    base32
                        .IndexOf(c, StringComparison.Ordinal)
                        .ToString("b5", CultureInfo.InvariantCulture)
                )
        );
        var secret = bits.Chunk(8)
            .Where(b => b.Length == 8)
            .Select(b => Convert.ToByte(new string(b), 2))
            .ToArray();
        return Totp.CodeAt(secret, (DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 30) + stepsAhead);
    }
}
