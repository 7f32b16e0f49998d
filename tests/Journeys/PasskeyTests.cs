using System.Net;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Tillkeeper.Journeys.Harness;

namespace Tillkeeper.Journeys;

/// <summary>G1 with real programs: an owner ends a pause on the server's page, with a finger on a device's sensor.</summary>
public sealed class PasskeyTests
{
    [Fact]
    public async Task The_owners_finger_ends_a_pause_after_a_call_back_and_no_other_finger_does()
    {
        await using var server = await RunningServer.Start();
        await using var agent = await RunningAgent.StartWithStaff(server);
        var path = $"/api/v1/terminals/{agent.Terminal}";
        var paused = await agent.LockOut("03");
        await server.Admin.Until(path, a => a.Locks.Length == 1);
        var key = await KeyOfOwner(server, path);
        await using var browser = await Browser.Start();
        var page = await Open(browser, server, "zh-CN", 360);
        var finger = await Fingerprint.On(page);
        var notice = page.Locator("#notice");
        var end = page.Locator("#tills button");

        await SignIn(page, "tk_not_a_key");
        await Assertions.Expect(notice).ToContainTextAsync("密钥不正确");
        await Look(page, "sign-in");
        await SignIn(page, key);
        await Assertions.Expect(page.Locator("#tills")).ToContainTextAsync("E01");

        await page.Locator("[name=name]").FillAsync("Phone 手机");
        await page.Locator("#enrol button").ClickAsync();
        await Assertions.Expect(notice).ToContainTextAsync("已添加");
        await end.ClickAsync();
        await Assertions.Expect(notice).ToContainTextAsync("还没有经过核实");
        await Look(page, "unconfirmed");
        await CallBack(server);

        await finger.Knows(owner: false);
        await end.ClickAsync();
        await Assertions.Expect(notice).ToContainTextAsync("未能确认是您本人");
        Assert.Equal(0, await Releases(server, agent));
        Assert.Contains(await agent.Locks(), l => l.GetProperty("id").GetString() == paused);

        await finger.Knows(owner: true);
        await end.ClickAsync();
        await Assertions.Expect(page.Locator("#tills")).ToContainTextAsync("没有锁定");
        (await agent.SignIn("03", RunningAgent.CashierPasscode)).Expect(HttpStatusCode.OK);
        Assert.True(await agent.MaySell());
        Assert.Equal(1, await Releases(server, agent));

        var wide = await Open(browser, server, "en-US", 1280);
        await SignIn(wide, key);
        await Assertions.Expect(wide.Locator("#tills")).ToContainTextAsync("Not locked.");
        await Assertions.Expect(wide.Locator("#passkeys")).ToContainTextAsync("Ends pauses.");
        await Look(wide, "ended");
        Assert.Empty(browser.ConsoleErrors);
    }

    /// <summary>By name: a passkey belongs to one, never to an address.</summary>
    private static Task<IPage> Open(
        Browser browser,
        RunningServer server,
        string language,
        int width
    ) =>
        browser.Open(
            $"https://localhost:{new Uri(server.People).Port}/owner",
            language,
            width,
            800,
            ownCa: true
        );

    private static async Task SignIn(IPage page, string key)
    {
        await page.Locator("[name=key]").FillAsync(key);
        await page.Locator("#sign-in button").ClickAsync();
    }

    private static async Task<int> Releases(RunningServer server, RunningAgent agent) =>
        (await Shops.Events(server.Admin, agent.Terminal)).Count(e =>
            e.GetProperty("type").GetString() == "terminal.release_ordered.v1"
        );

    private static async Task<string> KeyOfOwner(RunningServer server, string terminal)
    {
        var org = (await server.Admin.Get(terminal)).Text("merchantId");
        var made = await server.Admin.Post(
            "/api/v1/keys",
            new
            {
                name = "Li Na",
                role = "merchant",
                org,
            }
        );
        return made.Expect(HttpStatusCode.Created).Text("key");
    }

    /// <summary>The helpdesk has called the number on file: it was the owner.</summary>
    private static async Task CallBack(RunningServer server)
    {
        using var helpdesk = await server.As("helpdesk");
        var passkeys = (await helpdesk.Get("/api/v1/passkeys")).Body.GetProperty("items");
        var id = Assert.Single(passkeys.EnumerateArray()).GetProperty("id").GetString();
        (
            await helpdesk.Post(
                $"/api/v1/passkeys/{id}/confirm",
                new { reason = "called the number on file" }
            )
        ).Expect(HttpStatusCode.NoContent);
    }

    /// <summary>Nothing serious for axe, nothing wider than the screen; and a picture, where somebody wants one.</summary>
    private static async Task Look(IPage page, string moment)
    {
        if (Environment.GetEnvironmentVariable("TILLKEEPER_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(
                new() { Path = Path.Combine(folder, $"owner-{moment}.png"), FullPage = true }
            );
        }
        Assert.True(
            await page.EvaluateAsync<bool>(
                "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
            )
        );
        var found = await page.RunAxe();
        Assert.DoesNotContain(found.Violations, v => v.Impact is "serious" or "critical");
    }
}
