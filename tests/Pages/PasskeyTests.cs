using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Tillkeeper.Pages.Harness;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Pages;

/// <summary>A new colleague with a finger instead of a phone: invited, in, out, in again, and asked once more before letting somebody in.</summary>
public sealed class PasskeyTests(Site site)
{
    /// <summary>By name: a passkey belongs to one, never to an address.</summary>
    private string Door => $"https://localhost:{site.Server.People.Port}";

    [Theory]
    [InlineData("en", "Your recovery codes", "The device did not confirm")]
    [InlineData("zh-CN", "您的恢复码", "设备未完成验证")]
    public async Task A_new_colleague_comes_in_with_a_finger_and_shows_it_again_before_letting_somebody_in(
        string language,
        string recovery,
        string stopped
    )
    {
        var (link, account) = await Invite();
        var page = await site.Open(null, Door + link, language, 360, 740);
        var finger = await Fingerprint.On(page);
        await site.Inspect(page);
        await Picture.Take(page, "passkey-invitation", language);
        await page.Locator("#password").FillAsync("ein langer satz 一句话");
        await page.Locator("[data-passkey=create]").ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync(recovery);

        await page.Locator("main a.btn").ClickAsync();
        var passkey = page.Locator("form[data-passkey=get] button");
        await finger.Knows(owner: false);
        await passkey.ClickAsync();
        await Assertions.Expect(page.GetByText(stopped)).ToBeVisibleAsync();
        await site.Inspect(page);
        await Picture.Take(page, "passkey-sign-in", language);
        await finger.Knows(owner: true);
        await passkey.ClickAsync();
        await page.WaitForURLAsync("**/console");

        await page.GotoAsync($"{Door}/account");
        await Assertions.Expect(page.Locator("[data-own-passkey]")).ToHaveCountAsync(1);
        await site.Inspect(page);
        await Picture.Take(page, "passkey-account", language);
        await page.Locator("header form button").ClickAsync();
        await page.WaitForURLAsync("**/sign-in");
        await passkey.ClickAsync();
        await page.WaitForURLAsync("**/console");

        await ElevenMinutesPass(account);
        await LetIn(page);
        await Assertions
            .Expect(page.Locator("[data-code=reauthentication_required]"))
            .ToBeVisibleAsync();
        await page.GotoAsync($"{Door}/sign-in/again?return=/console/people");
        await site.Inspect(page);
        await Picture.Take(page, "passkey-again", language);
        await passkey.ClickAsync();
        await page.WaitForURLAsync($"{Door}/console/people");
        await LetIn(page);
        await Assertions.Expect(page.Locator("#invitation")).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    private async Task LetIn(IPage page)
    {
        await page.GotoAsync($"{Door}/console/people");
        await page.Locator("#name").FillAsync("Somebody new");
        await page.Locator("#login").FillAsync($"somebody-{Letters.Random()}");
        await page.Locator("#role").SelectOptionAsync("auditor");
        await page.Locator("form:has(#login) button").ClickAsync();
    }

    private async Task<(string Link, string Account)> Invite()
    {
        var made = await site.Server.Admin.Post(
            "/api/v1/people",
            new
            {
                name = "New colleague",
                login = $"colleague-{Letters.Random()}@example.com",
                role = "admin",
            }
        );
        return (made.Expect(201).Text("invitation"), made.Text("id"));
    }

    /// <summary>As far as the record of the session goes: the other tests share the clock.</summary>
    private Task<bool> ElevenMinutesPass(string account) =>
        site
            .Server.Services.GetRequiredService<Appender>()
            .Run(
                Act.Server,
                work =>
                {
                    work.Beside(v =>
                        v.Write(
                            "UPDATE sessions SET authenticated_at = authenticated_at - 660000 WHERE account = $1",
                            account
                        )
                    );
                    return true;
                }
            );
}
