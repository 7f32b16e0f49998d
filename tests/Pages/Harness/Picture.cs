using Microsoft.Playwright;

namespace Tillkeeper.Pages.Harness;

/// <summary>Pictures of pages, for whoever wants to look: where <c>TILLKEEPER_PICTURES</c> names a folder.</summary>
internal static class Picture
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable(
        "TILLKEEPER_PICTURES"
    );

    public static async Task Take(IPage page, params string[] name)
    {
        if (Folder is null)
        {
            return;
        }
        var file = string.Join(
            "-",
            name.SelectMany(n => n.Split('/', ' ', '{', '}', '?')).Where(n => n.Length > 0)
        );
        await page.ScreenshotAsync(
            new() { Path = Path.Combine(Folder, $"{file}.png"), FullPage = true }
        );
    }

    /// <summary>As much as somebody has before them at once, under a name of its own.</summary>
    public static async Task OfWindow(IPage page, string name)
    {
        if (Folder is not null)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(Folder, $"{name}.png") });
        }
    }
}
