using Microsoft.Playwright;

namespace Tillkeeper.Journeys.Harness;

/// <summary>Debian's Chromium, driven for real; remembers every error the page's console shows.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private readonly IPlaywright playwright;
    private readonly IBrowser chromium;

    private Browser(IPlaywright playwright, IBrowser chromium)
    {
        this.playwright = playwright;
        this.chromium = chromium;
    }

    public List<string> ConsoleErrors { get; } = [];

    public static async Task<Browser> Start()
    {
        var playwright = await Playwright.CreateAsync();
        var chromium = await playwright.Chromium.LaunchAsync(
            new()
            {
                ExecutablePath = "/usr/bin/chromium",
                Args =
                [
                    "--no-sandbox",
                    "--disable-gpu",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                ],
            }
        );
        return new Browser(playwright, chromium);
    }

    /// <summary>A page of a terminal's size, in a language.</summary>
    /// <param name="ownCa">Whether the server's certificate comes from a CA that this browser was never told of.</param>
    public async Task<IPage> Open(
        string url,
        string language,
        int width,
        int height,
        bool ownCa = false
    )
    {
        var context = await chromium.NewContextAsync(
            new()
            {
                Locale = language,
                ViewportSize = new() { Width = width, Height = height },
                IgnoreHTTPSErrors = ownCa,
            }
        );
        var page = await context.NewPageAsync();
        page.Console += (_, message) =>
        {
            // An expected refusal (a wrong passcode) is an error to the browser, not to us.
            if (
                message.Type == "error"
                && !message.Text.Contains("Failed to load resource", StringComparison.Ordinal)
            )
            {
                ConsoleErrors.Add(message.Text);
            }
        };
        page.PageError += (_, error) => ConsoleErrors.Add(error);
        await page.GotoAsync(url);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await chromium.DisposeAsync();
        playwright.Dispose();
    }
}
