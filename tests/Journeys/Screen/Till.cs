using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Tillkeeper.Journeys.Screen;

/// <summary>The lock screen in a browser, with somebody before it who has a keypad and no mouse.</summary>
internal sealed partial class Till(IPage page)
{
    private static readonly AxeRunOptions SevenToOne = new()
    {
        Rules = new() { ["color-contrast-enhanced"] = new RuleOptions { Enabled = true } },
    };

    public IPage Page => page;

    public ILocator Lock => page.Locator("#lock");

    /// <summary>Keys as they stand on a keypad, one after the other.</summary>
    public async Task Press(params string[] keys)
    {
        foreach (var key in keys)
        {
            await page.Keyboard.PressAsync(key);
        }
    }

    public Task Type(string digits) => page.Keyboard.TypeAsync(digits);

    public Task<string> View() => page.EvaluateAsync<string>("document.body.dataset.showing");

    /// <summary>From the first page: name, Enter, passcode, Enter; gives what the agent said.</summary>
    public async Task<int> SignIn(string name, string passcode)
    {
        if (await View() != "sign-in")
        {
            await Press("1");
        }
        // After a refusal the name stands there still.
        if (await page.Locator("[data-form=sign-in] [name=operator]").InputValueAsync() is "")
        {
            await Type(name);
            await Press("Enter");
        }
        await Type(passcode);
        var answer = await page.RunAndWaitForResponseAsync(
            () => Press("Enter"),
            r => r.Url.EndsWith("/local/v1/sign-in", StringComparison.Ordinal)
        );
        return answer.Status;
    }

    /// <summary>Nothing sticks out, nothing must be scrolled for: what does not fit is on the next page.</summary>
    public async Task AssertAllInSight(string where)
    {
        var outside = await page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll("main, section:not([hidden]) *")]
              .filter((e) => e.checkVisibility() && !e.parentElement.closest(".pages, fieldset"))
              .filter((e) => {
                const r = e.getBoundingClientRect();
                const scrolls = e.tagName === "MAIN" && e.scrollHeight > e.clientHeight;
                return scrolls || (r.width > 1 && (r.right > innerWidth + 1 || r.bottom > innerHeight + 1));
              })
              .map((e) => `${e.tagName}.${e.className}#${e.id}`)
            """
        );
        Assert.True(outside.Length == 0, $"{where}: {string.Join(", ", outside)}");
    }

    /// <summary>Nothing serious for people who see badly, and every text at least 7:1.</summary>
    public async Task AssertReadable(string where)
    {
        var found = await page.RunAxe(SevenToOne);
        var grave = found.Violations.Where(v => v.Impact is "serious" or "critical");
        Assert.True(
            !grave.Any(),
            $"{where}: {string.Join("; ", grave.Select(v => $"{v.Id}: {string.Join(", ", v.Nodes.Select(n => n.Html))}"))}"
        );
    }

    /// <summary>What the page holds in its address, its fields and its memory: nobody's secret may be among it.</summary>
    public async Task AssertHoldsNot(string secret)
    {
        var held = await page.EvaluateAsync<string>(
            """
            () => [location.href, document.documentElement.outerHTML, JSON.stringify({ ...sessionStorage }),
                   JSON.stringify({ ...localStorage }), document.cookie,
                   ...[...document.querySelectorAll("input")].map((i) => i.value)].join("\n")
            """
        );
        Assert.DoesNotContain(secret, held, StringComparison.Ordinal);
    }

    public async Task<string> Challenge()
    {
        var shown = page.Locator("#challenge");
        await Assertions.Expect(shown).ToHaveTextAsync(FourOfAny());
        return await shown.InnerTextAsync();
    }

    /// <summary>
    /// The pictures of it in the guides, in the smallest and the commonest size, where <c>TILLKEEPER_PICTURES</c> names a folder.
    /// </summary>
    public async Task Pictures(string language)
    {
        if (Environment.GetEnvironmentVariable("TILLKEEPER_PICTURES") is not { } folder)
        {
            return;
        }
        var was = page.ViewportSize!;
        foreach (var (width, height) in new[] { (320, 240), (1024, 600) })
        {
            await page.SetViewportSizeAsync(width, height);
            var file = Path.Combine(folder, $"lock-screen-{width}x{height}-{language}.png");
            await page.ScreenshotAsync(new() { Path = file });
        }
        await page.SetViewportSizeAsync(was.Width, was.Height);
    }

    [GeneratedRegex("[0-9A-Z]{4}", RegexOptions.None, 1000)]
    private static partial Regex FourOfAny();
}
