using System.Diagnostics;
using Tillkeeper.Bench.Measuring;
using Tillkeeper.Bench.Wire;
using Tillkeeper.Server.Storage;

namespace Tillkeeper.Bench.Pages;

/// <summary>
/// How long the server takes over pages of the console when the fleet is large. The yardstick is the first page of a server with
/// nothing in it, asked in the same way in the same run.
/// </summary>
internal static class PageTimes
{
    private const int Requests = 60;
    private const double Goal = 10;

    private static readonly (string Id, string What, string Path)[] Shown =
    [
        ("W1a", "the first page", "/console"),
        ("W1b", "the fleet", "/console/terminals"),
        ("W1c", "the fleet by serial, backwards", "/console/terminals?sort=-serial"),
        ("W1d", "the fleet, only what is locked", "/console/terminals?locked=true"),
        ("W1e", "a terminal found by its serial", "/console/terminals?q=SN-00054321"),
        ("W1f", "the case desk", "/console/cases"),
        ("W1g", "alerts", "/console/alerts"),
        ("W1h", "the log", "/console/audit"),
        ("W1i", "reports", "/console/reports"),
    ];

    public static async Task<IReadOnlyList<Row>> Run(Options options, Scratch scratch, int pairs)
    {
        var terminals = options.Quick ? 2_000 : 100_000;
        var data = scratch.New();
        // The first start makes keys and database; the fleet is put in while nobody serves it.
        var (first, stranger) = await RunningServer.Start(options.Root, data);
        stranger.Dispose();
        await first.DisposeAsync();
        var clock = Stopwatch.StartNew();
        await Crowd.Gather(Path.Combine(data, DataFolder.DatabaseFile), terminals);
        Console.WriteLine($"  {terminals:N0} terminals made in {clock.Elapsed.TotalSeconds:F0} s");

        var (full, admin) = await RunningServer.Start(options.Root, data);
        await using var _ = full;
        var (empty, nobody) = await RunningServer.Start(options.Root, scratch);
        await using var __ = empty;
        using (admin)
        using (nobody)
        {
            List<Row> rows = [];
            foreach (var (id, what, path) in Shown)
            {
                await Median(admin, path);
                await Median(nobody, "/console");
                rows.Add(
                    new Row(
                        id,
                        $"{what}, {terminals:N0} terminals; the first page with none",
                        "ms",
                        Goal,
                        false,
                        await Turns.Take(
                            id,
                            pairs,
                            () => Median(admin, path),
                            () => Median(nobody, "/console")
                        )
                    )
                );
            }
            return rows;
        }
    }

    /// <returns>Milliseconds from asking until the whole page is there, the middle of many.</returns>
    private static async Task<double> Median(HttpClient client, string path)
    {
        List<double> taken = [];
        for (var i = 0; i < Requests; i++)
        {
            var clock = Stopwatch.StartNew();
            using var answer = await client.GetAsync(path);
            await answer.Content.ReadAsByteArrayAsync();
            taken.Add(clock.Elapsed.TotalMilliseconds);
            if (!answer.IsSuccessStatusCode)
            {
                throw new InvalidOperationException($"{path}: {answer.StatusCode}");
            }
        }
        return Spread.Of(taken).Median;
    }
}
