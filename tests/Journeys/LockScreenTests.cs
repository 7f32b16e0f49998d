using System.Net;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Tillkeeper.Journeys.Harness;

namespace Tillkeeper.Journeys;

/// <summary>The lock screen as a cashier uses it: a real agent, a real server, a real browser, in both languages.</summary>
public sealed class LockScreenTests
{
    [Theory]
    [InlineData("en-US", 480, 800, "Operator 03 is paused", "E01", "card PIN")]
    [InlineData("zh-CN", 480, 800, "操作员03", "E01", "密码")]
    public async Task A_cashier_sells_mistypes_sees_why_and_comes_back_by_a_code(
        string language,
        int width,
        int height,
        string title,
        string code,
        string warning
    )
    {
        await using var server = await RunningServer.Start();
        await using var agent = await RunningAgent.StartWithStaff(server);
        await using var browser = await Browser.Start();
        var page = await browser.Open(agent.Listen, language, width, height);

        await SignIn(page, "03", RunningAgent.CashierPasscode);
        await Look(page, language, "ready");
        // Whoever touches the screen is there: the agent hears of it.
        await page.RunAndWaitForRequestAsync(
            () => page.Locator("[data-go=sale]:visible").First.ClickAsync(),
            r => r.Url.EndsWith("/local/v1/touch", StringComparison.Ordinal)
        );
        await page.Locator("[data-form=sale] [name=amount]").FillAsync("2850");
        await Send(page, "sale");
        await page.Locator("[data-do=approved]:visible").ClickAsync();
        await page.Locator("[data-go=menu]:visible").First.ClickAsync();
        await page.Locator("[data-do=sign-out]:visible").ClickAsync();

        for (var attempt = 1; attempt <= 5; attempt++)
        {
            await SignIn(page, "03", RunningAgent.Wrong);
            await page.Locator("#notice:visible").WaitForAsync();
        }

        var locks = page.Locator("#locks");
        await Assertions.Expect(locks).ToContainTextAsync(title);
        await Assertions.Expect(locks).ToContainTextAsync(code);
        await Assertions.Expect(locks).ToContainTextAsync(warning);
        await Look(page, language, "paused");

        var lockId = (await agent.Locks())[0].GetProperty("id").GetString()!;
        await page.Locator("#locks [data-help]:visible").First.ClickAsync();
        var challenge = page.Locator("#challenge");
        await Assertions
            .Expect(challenge)
            .ToHaveTextAsync(new System.Text.RegularExpressions.Regex("[0-9A-Z]{4}"));
        await Look(page, language, "help");
        var readOut = await challenge.InnerTextAsync();
        await page.Locator("#help-enter").ClickAsync();
        await page.Locator("[data-form=code] [name=code]")
            .FillAsync(await CodeFor(server, agent, readOut));
        await Send(page, "code");

        await agent.Local.Until(
            "/local/v1/status",
            a => a.Locks.All(l => l.GetProperty("id").GetString() != lockId)
        );
        await Look(page, language, "released");
        Assert.Empty(browser.ConsoleErrors);
    }

    private static async Task SignIn(IPage page, string name, string passcode)
    {
        if (!await page.Locator("[data-form=sign-in]").IsVisibleAsync())
        {
            await page.Locator("[data-go=sign-in]:visible").First.ClickAsync();
        }
        await page.Locator("[data-form=sign-in] [name=operator]").FillAsync(name);
        await page.Locator("[data-form=sign-in] [name=passcode]").FillAsync(passcode);
        var answered = page.WaitForResponseAsync(r =>
            r.Url.EndsWith("/local/v1/sign-in", StringComparison.Ordinal)
        );
        await Send(page, "sign-in");
        await answered;
    }

    private static Task Send(IPage page, string form) =>
        page.Locator($"[data-form={form}] button.main:not([type=button])").First.ClickAsync();

    /// <summary>What the helpdesk does on the phone meanwhile.</summary>
    private static async Task<string> CodeFor(
        RunningServer server,
        RunningAgent agent,
        string challenge
    )
    {
        var opened = await Shops.ApprovedCase(
            server,
            new
            {
                terminalId = agent.Terminal,
                challenge,
                // Approving this orders nothing: the code alone ends the lock.
                wayOut = "offline_code",
                applicant = Shops.Applicant,
            }
        );
        using var helpdesk = await server.As("helpdesk");
        return (await helpdesk.Post($"/api/v1/cases/{opened}/offline-code", new { challenge }))
            .Expect(HttpStatusCode.OK)
            .Text("code");
    }

    /// <summary>Nothing serious for axe; and a picture, where somebody wants one.</summary>
    private static async Task Look(IPage page, string language, string moment)
    {
        await page.WaitForTimeoutAsync(1200);
        if (Environment.GetEnvironmentVariable("TILLKEEPER_SCREENSHOTS") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(
                new() { Path = Path.Combine(folder, $"{moment}-{language}.png") }
            );
        }
        var found = await page.RunAxe();
        Assert.DoesNotContain(found.Violations, v => v.Impact is "serious" or "critical");
    }
}
