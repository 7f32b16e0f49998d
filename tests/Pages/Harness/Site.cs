using System.Collections.Concurrent;
using Microsoft.Playwright;
using Tillkeeper.Pages.Harness;
using Tillkeeper.Pages.Readers;
using Tillkeeper.Server.Tests.Running;

[assembly: AssemblyFixture(typeof(Site))]

namespace Tillkeeper.Pages.Harness;

/// <summary>One server in this process and one Chromium for all tests of pages; each test brings its own shop and its own people.</summary>
public sealed class Site : IAsyncLifetime
{
    private readonly ConcurrentDictionary<IPage, List<string>> complaints = new();
    private readonly Lazy<Task<Tree>> tree;
    private readonly Lazy<Task<Town>> town;
    private IPlaywright playwright = null!;
    private IBrowser chromium = null!;

    public Site()
    {
        tree = new Lazy<Task<Tree>>(() => Tree.Plant(Server));
        town = new Lazy<Task<Town>>(() => Readers.Town.Open(this));
    }

    internal RunningServer Server { get; } =
        new() { Options = o => o with { WebhookPrivateNetworks = true } };

    /// <summary>Two agents and three shops with everything that a shop can have; to look at, not to change.</summary>
    internal Task<Tree> Shops => tree.Value;

    /// <summary>Shops as a reader of the guides should meet them.</summary>
    internal Task<Town> Town => town.Value;

    public async ValueTask InitializeAsync()
    {
        await Server.InitializeAsync();
        playwright = await Playwright.CreateAsync();
        chromium = await playwright.Chromium.LaunchAsync(
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
    }

    /// <summary>A page as somebody sees it who is in already, or a stranger when nobody is named.</summary>
    /// <param name="dark">Whether their machine wishes dark pages.</param>
    internal async Task<IPage> Open(
        TestPerson? person,
        string path,
        string language = "en",
        int width = 1280,
        int height = 800,
        bool dark = false
    )
    {
        var context = await chromium.NewContextAsync(
            new()
            {
                BaseURL = Server.People.ToString(),
                Locale = language,
                TimezoneId = "Asia/Shanghai",
                ViewportSize = new() { Width = width, Height = height },
                ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
                IgnoreHTTPSErrors = true,
                ReducedMotion = ReducedMotion.Reduce,
                ExtraHTTPHeaders = person is null
                    ? null
                    :
                    [
                        KeyValuePair.Create(
                            "Authorization",
                            person.Client.DefaultRequestHeaders.Authorization!.ToString()
                        ),
                    ],
            }
        );
        context.SetDefaultTimeout(15_000);
        var page = await context.NewPageAsync();
        var heard = complaints.GetOrAdd(page, _ => []);
        page.Console += (_, message) =>
        {
            // A refusal that the test asked for is an error to the browser, not to us.
            if (
                message.Type == "error"
                && !message.Text.Contains("Failed to load resource", StringComparison.Ordinal)
            )
            {
                heard.Add(message.Text);
            }
        };
        page.PageError += (_, error) => heard.Add(error);
        await page.GotoAsync(path);
        return page;
    }

    /// <summary>What the browser complained about on this page.</summary>
    internal IReadOnlyList<string> ComplaintsOf(IPage page) => complaints[page];

    public async ValueTask DisposeAsync()
    {
        await chromium.DisposeAsync();
        playwright.Dispose();
        if (tree.IsValueCreated)
        {
            (await tree.Value).Dispose();
        }
        if (town.IsValueCreated)
        {
            (await town.Value).Dispose();
        }
        await Server.DisposeAsync();
    }
}
