using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Tillkeeper.Journeys.Harness;
using Tillkeeper.Journeys.Updates;

namespace Tillkeeper.Journeys.Screen;

/// <summary>The lock screen as a cashier uses it, by keypad alone: a real agent, a real server, a real browser, in both languages.</summary>
public sealed partial class LockScreenTests(ScreenShop shop) : IClassFixture<ScreenShop>
{
    private const string Chinese = "zh-CN";
    private const string English = "en-US";

    [Theory]
    [InlineData(English, "Operator 03 is paused", "Never type a customer's card PIN")]
    [InlineData(Chinese, "操作员03已暂停登录", "切勿输入顾客的银行卡密码")]
    public async Task Three_wrong_passcodes_pause_with_a_countdown_and_the_manager_releases(
        string language,
        string title,
        string warning
    )
    {
        var till = await Open(language, 480, 320);
        Assert.Equal(401, await till.SignIn("03", RunningAgent.Wrong));
        await till.AssertHoldsNot(RunningAgent.Wrong);
        Assert.Equal(401, await till.SignIn("03", RunningAgent.Wrong));
        Assert.Equal(401, await till.SignIn("03", RunningAgent.Wrong));

        await Assertions.Expect(till.Lock).ToContainTextAsync(title);
        await Assertions.Expect(till.Lock).ToContainTextAsync("E01");
        await Assertions.Expect(till.Lock).ToContainTextAsync(warning);
        Assert.Equal("home", await till.View());
        await till.Pictures(language[..2]);
        var left = till.Page.Locator("#left");
        await Assertions.Expect(left).ToHaveTextAsync(Countdown());
        var before = await left.InnerTextAsync();
        await Assertions.Expect(left).Not.ToHaveTextAsync(before);
        await till.AssertReadable("paused");

        Assert.Equal(200, await till.SignIn("boss", RunningAgent.ManagerPasscode));
        await Assertions.Expect(till.Lock).ToBeHiddenAsync();
        await till.AssertHoldsNot(RunningAgent.ManagerPasscode);

        // Released, and the shop goes on: a sale, by keys; whoever presses one is there.
        await Assertions.Expect(till.Page.Locator("#bar [data-action=sale]")).ToBeVisibleAsync();
        await till.Press("1");
        await till.Type("2850");
        await till.Press("Enter");
        await till.Page.Locator("[data-do=approved]").WaitForAsync();
        await till.Press("1");
        await Assertions.Expect(till.Page.Locator("body[data-state=ready]")).ToBeVisibleAsync();
        await till.Press("9", "3");
        await Assertions.Expect(till.Page.Locator("#bar [data-action=sign_in]")).ToBeVisibleAsync();
        Done(till);
    }

    [Theory]
    [InlineData(English, "The provider has locked this terminal")]
    [InlineData(Chinese, "服务商已锁定本终端")]
    public async Task A_remote_lock_ends_by_what_is_read_out_and_the_code_that_comes_back(
        string language,
        string title
    )
    {
        var till = await Open(language, 320, 240);
        var lockId = await shop.LockFromAfar();
        // Nobody reloaded anything.
        await Assertions.Expect(till.Lock).ToContainTextAsync(title);

        // Nobody can sign in, so nobody has to: a payment by hand.
        await till.Press("4");
        await till.Type("2850");
        await till.Press("Enter", "2", "Enter", "Enter", "Enter");
        var written = await till.Page.RunAndWaitForResponseAsync(
            () => till.Press("Enter"),
            r => r.Url.EndsWith("/local/v1/ledger", StringComparison.Ordinal)
        );
        Assert.Equal(201, written.Status);
        Assert.Contains("static_qr", await written.TextAsync(), StringComparison.Ordinal);
        await till.Press("Escape", "0");
        Assert.Equal("menu", await till.View());

        await till.Press("3");
        var challenge = await till.Challenge();
        await till.AssertReadable("help");
        var code = await shop.CodeFor(challenge);
        await till.Press("1");
        await till.Type(code);
        Assert.Equal(
            200,
            (
                await till.Page.RunAndWaitForResponseAsync(
                    () => till.Press("Enter"),
                    r => r.Url.EndsWith("/code", StringComparison.Ordinal)
                )
            ).Status
        );
        await Assertions.Expect(till.Lock).ToBeHiddenAsync();
        await till.AssertHoldsNot(code);
        await shop.Agent.Local.Until(
            "/local/v1/status",
            a => a.Locks.All(l => l.GetProperty("id").GetString() != lockId)
        );
        Done(till);
    }

    [Theory]
    [InlineData(English, "at fault", "All parts are well")]
    [InlineData(Chinese, "异常", "各部件正常")]
    public async Task A_faulty_part_is_found_by_the_self_test_and_the_network_is_checked(
        string language,
        string fault,
        string well
    )
    {
        var till = await Open(language, 800, 480);
        await shop.Printer("failed", times: 3);
        await Assertions.Expect(till.Lock).ToContainTextAsync("E04");
        await till.Press("5");
        await Assertions.Expect(till.Page.Locator("#parts")).ToContainTextAsync(fault);
        await shop.Printer("ok", times: 4);
        await till.Press("1");
        await Assertions.Expect(till.Page.Locator("#parts-state")).ToContainTextAsync(well);
        await till.Press("0");
        await Assertions.Expect(till.Lock).ToBeHiddenAsync();

        await till.Press("6");
        await Assertions
            .Expect(till.Page.Locator("#network > li"))
            .ToHaveCountAsync(6, new() { Timeout = 15_000 });
        await till.AssertReadable("network");
        Done(till);
    }

    [Fact]
    public async Task An_update_shows_how_far_it_is_and_a_till_that_went_away_says_so_and_heals()
    {
        var english = await Open(English, 800, 480);
        var chinese = await Open(Chinese, 800, 480);
        using var fleet = await shop.Server.As("fleet");
        await shop.CloseBatch();
        shop.Software.Hold("install-start");
        var campaign = await Rollouts.Offer(fleet, shop.Agent, "1.0", broken: false);
        await Rollouts.Until(() => shop.Software.Times("install-start") == 1, "the installer");
        foreach (
            var (till, title) in new[]
            {
                (english, "The terminal is being updated"),
                (chinese, "终端正在更新"),
            }
        )
        {
            await Assertions.Expect(till.Lock).ToContainTextAsync(title);
            var progress = till.Page.Locator("#lock progress");
            await Assertions.Expect(progress).ToBeVisibleAsync();
            await Assertions.Expect(till.Page.Locator("#left")).ToHaveTextAsync(Countdown());
        }
        await chinese.AssertReadable("update");
        shop.Software.Go("install-start");
        await Rollouts.Until(fleet, campaign, "done");
        await Assertions.Expect(english.Lock).ToBeHiddenAsync();

        await shop.Agent.Program.Kill();
        await Assertions.Expect(english.Page.Locator("#lost")).ToContainTextAsync("lost");
        await Assertions.Expect(chinese.Page.Locator("#lost")).ToContainTextAsync("中断");
        await shop.Agent.StartReady();
        await Assertions.Expect(english.Page.Locator("#lost")).ToBeHiddenAsync();
        await Assertions.Expect(chinese.Page.Locator("#lost")).ToBeHiddenAsync();
        Done(english);
        Done(chinese);
    }

    [Fact]
    public async Task Every_view_fits_every_size_in_both_languages_light_and_dark()
    {
        foreach (var language in new[] { English, Chinese })
        {
            var till = await Open(language, 320, 240);
            var lockId = await shop.LockFromAfar();
            await Assertions.Expect(till.Lock).ToBeVisibleAsync();
            foreach (
                var (width, height) in new[]
                {
                    (320, 240),
                    (480, 320),
                    (800, 480),
                    (1280, 800),
                    (480, 800),
                }
            )
            {
                await till.Page.SetViewportSizeAsync(width, height);
                await EachView(till, language[..2], $"{width}x{height}");
            }
            await till.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
            await till.Press("Escape", "Escape", "Escape");
            await till.AssertReadable("dark");
            Done(till);
            await shop.ReleaseFromAfar(lockId);
        }
    }

    /// <summary>Each is one key from the first page, or two.</summary>
    private static async Task EachView(Till till, string language, string size)
    {
        foreach (
            var (view, keys) in new[]
            {
                ("home", Array.Empty<string>()),
                ("menu", ["0"]),
                ("link", ["2"]),
                ("help", ["3"]),
                ("code", ["3", "1"]),
                ("ledger", ["4"]),
                ("parts", ["5"]),
                ("settings", ["9"]),
                ("passcode", ["9", "1"]),
            }
        )
        {
            await till.Press("Escape", "Escape", "Escape");
            await till.Press(keys);
            if (view is "link")
            {
                await till.Page.Locator("#link-code[src]").WaitForAsync();
            }
            else if (view is "help")
            {
                await till.Challenge();
            }
            Assert.Equal(view, await till.View());
            await till.AssertAllInSight($"{view} {language} {size}");
        }
    }

    private async Task<Till> Open(string language, int width, int height)
    {
        await shop.Free();
        var page = await shop.Browser.Open(shop.Agent.Listen, language, width, height);
        await page.Locator("body:not([data-state=starting])").WaitForAsync();
        return new Till(page);
    }

    private void Done(Till till)
    {
        Assert.Empty(shop.Browser.ConsoleErrors);
        _ = till.Page.CloseAsync();
    }

    [GeneratedRegex(@"\d\d:\d\d$", RegexOptions.None, 1000)]
    private static partial Regex Countdown();
}
