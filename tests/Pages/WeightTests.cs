using System.Collections.Concurrent;
using Microsoft.Playwright;
using Tillkeeper.Pages.Harness;

namespace Tillkeeper.Pages;

/// <summary>Shops have slow lines: what a page takes with it is counted, as it goes over the wire to a browser that has nothing yet.</summary>
public sealed class WeightTests(Site site)
{
    private const int Most = 300 * 1024;

    [Theory]
    [InlineData("/console")]
    [InlineData("/shop")]
    [InlineData("/sign-in")]
    public async Task The_first_page_and_all_it_loads_weigh_less_than_300_KB(string path)
    {
        var tree = await site.Shops;
        var person = path switch
        {
            "/console" => site.Server.Admin,
            "/shop" => await site.Server.Person("merchant", tree.B1.Merchant),
            _ => null,
        };
        var page = await site.Open(person, "about:blank");
        ConcurrentQueue<IRequest> finished = [];
        page.RequestFinished += (_, request) =>
        {
            // The stream of changes has no end, and no weight as long as nothing changes.
            if (!request.Url.Contains("/live?", StringComparison.Ordinal))
            {
                finished.Enqueue(request);
            }
        };
        await page.GotoAsync(path, new() { WaitUntil = WaitUntilState.Load });
        await page.EvaluateAsync("document.fonts.ready");

        IRequest[] loaded = [.. finished];
        var weight = 0;
        foreach (var request in loaded)
        {
            var sizes = await request.SizesAsync();
            weight += sizes.ResponseBodySize + sizes.ResponseHeadersSize;
        }
        Assert.True(loaded.Length > 2, $"{path} loaded {loaded.Length} files.");
        Assert.True(
            weight < Most,
            $"{path} weighs {weight / 1024} KB in {loaded.Length} files: "
                + string.Join(", ", loaded.Select(r => new Uri(r.Url).AbsolutePath))
        );
        TestContext.Current.SendDiagnosticMessage(
            $"{path}: {weight / 1024.0:F0} KB in {loaded.Length} files"
        );
        await page.Context.CloseAsync();
    }
}
