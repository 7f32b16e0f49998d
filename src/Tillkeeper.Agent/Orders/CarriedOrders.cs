using System.Text.Json;
using Tillkeeper.Agent.Device;
using Tillkeeper.Agent.Hosting;

namespace Tillkeeper.Agent.Orders;

/// <summary>
/// Orders on a stick or a card (B4): files that <c>tillkeeper order export</c> wrote, in the folder of <c>--orders-from</c>, taken by the
/// same door as any order. A file is a stranger's word: links, devices, large files and what is no list of orders are passed by, and what
/// is in it proves itself by its signature or does nothing. Nothing is ever written there.
/// </summary>
internal sealed partial class CarriedOrders(
    AgentOptions options,
    Till till,
    OrderInbox inbox,
    ILogger<CarriedOrders> logger
)
{
    public const long MostBytes = 4 * 1024 * 1024;
    private const int MostFiles = 32;
    private const int MostOrders = 256;

    /// <summary>Entries of the folder that are looked at: a stick full of photographs is not read to its end.</summary>
    private const int MostEntries = 4096;

    private static readonly TimeSpan Between = TimeSpan.FromSeconds(3);

    /// <summary>What was read already, so that a stick left in is not verified again and again; forgotten with the file.</summary>
    private HashSet<(string Name, long Length, DateTime Written)> known = [];

    public async Task RunAsync(CancellationToken stop)
    {
        if (options.OrdersFrom is not { } folder)
        {
            return;
        }
        using var timer = new PeriodicTimer(Between);
        while (await timer.WaitForNextTickAsync(stop))
        {
            await LookAsync(folder, stop);
        }
    }

    internal async Task LookAsync(string folder, CancellationToken stop)
    {
        if (till.IsLost)
        {
            return;
        }
        var files = Find(folder);
        known.IntersectWith(files.Select(KeyOf));
        foreach (var file in files)
        {
            if (known.Add(KeyOf(file)))
            {
                await TakeAsync(file, stop);
            }
        }
    }

    /// <summary>Plain files by name; a folder that is not there is a stick that is not in.</summary>
    private List<FileInfo> Find(string folder)
    {
        try
        {
            return
            [
                .. new DirectoryInfo(folder)
                    .EnumerateFiles()
                    .Take(MostEntries)
                    .Where(f => f.Extension is ".json" or ".orders")
                    // A pipe or a device has no length, and opening one would wait for ever.
                    .Where(f => f.LinkTarget is null && f.Length is > 0 and <= MostBytes)
                    .OrderBy(f => f.Name, StringComparer.Ordinal)
                    .Take(MostFiles),
            ];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static (string, long, DateTime) KeyOf(FileInfo file) =>
        (file.Name, file.Length, file.LastWriteTimeUtc);

    private async Task TakeAsync(FileInfo file, CancellationToken stop)
    {
        if (await ReadAsync(file, stop) is not { } orders)
        {
            LogUnreadable(file.Name);
            return;
        }
        var taken = 0;
        foreach (var order in orders)
        {
            taken += await inbox.TakeAsync(order) is { Code: null } ? 1 : 0;
        }
        LogTaken(taken, orders.Count, file.Name);
    }

    /// <summary>Null when it cannot be read, or holds no list of orders.</summary>
    private static async Task<IReadOnlyList<string?>?> ReadAsync(
        FileInfo file,
        CancellationToken stop
    )
    {
        try
        {
            await using var stream = file.OpenRead();
            var bytes = new byte[Math.Min(MostBytes, stream.Length)];
            await stream.ReadExactlyAsync(bytes, stop);
            using var json = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 8 });
            return
                json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("orders", out var orders)
                && orders.ValueKind == JsonValueKind.Array
                && orders.GetArrayLength() <= MostOrders
                ?
                [
                    .. orders
                        .EnumerateArray()
                        .Select(o => o.ValueKind == JsonValueKind.String ? o.GetString() : null),
                ]
                : null;
        }
        catch (Exception e)
            when (e
                    is IOException
                        or UnauthorizedAccessException
                        or JsonException
                        or InvalidOperationException
            )
        {
            return null;
        }
    }

    [LoggerMessage(LogLevel.Information, "{Taken} of {Count} orders of {File} were taken.")]
    private partial void LogTaken(int taken, int count, string file);

    [LoggerMessage(LogLevel.Warning, "{File} holds no orders that can be read.")]
    private partial void LogUnreadable(string file);
}
