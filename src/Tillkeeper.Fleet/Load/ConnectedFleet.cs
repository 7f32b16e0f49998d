using System.Collections.Concurrent;
using System.Diagnostics;
using Tillkeeper.Fleet.Platform;
using Tillkeeper.Fleet.Terminals;

namespace Tillkeeper.Fleet.Load;

/// <summary>Many simulated terminals of one merchant, enrolled over the API and connected.</summary>
internal sealed class ConnectedFleet : IAsyncDisposable
{
    /// <summary>Enough to keep the server busy; more only wait in its queue.</summary>
    private const int AtOnce = 16;
    private readonly CancellationTokenSource stop = new();
    private readonly List<Task> running = [];

    private ConnectedFleet(string merchantId, IReadOnlyList<SimulatedTerminal> terminals)
    {
        MerchantId = merchantId;
        Terminals = terminals;
    }

    public string MerchantId { get; }

    public IReadOnlyList<SimulatedTerminal> Terminals { get; }

    /// <param name="progress">Told how many are enrolled so far.</param>
    public static async Task<ConnectedFleet> Make(
        Doors doors,
        int count,
        string model,
        Action<int>? progress,
        CancellationToken cancel
    )
    {
        var merchant = await Doors.Post(
            doors.People,
            "/api/v1/merchants",
            new
            {
                name = "Simulated shop",
                identity = new { kind = "other", number = Guid.NewGuid().ToString("N") },
                contact = new { name = "Li Na", phone = "13800001111" },
            },
            cancel
        );
        var merchantId = merchant.GetProperty("id").GetString()!;
        var terminals = new ConcurrentBag<SimulatedTerminal>();
        await Parallel.ForAsync(
            0,
            count,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel },
            async (_, token) =>
            {
                var registered = await Doors.Post(
                    doors.People,
                    "/api/v1/terminals",
                    new
                    {
                        serial = $"SIM{SimulatedTerminal.NewId()}",
                        merchantId,
                        model,
                    },
                    token
                );
                var code = registered.GetProperty("enrolmentCode").GetString()!;
                terminals.Add(await SimulatedTerminal.Enrol(doors, code, token));
                progress?.Invoke(terminals.Count);
            }
        );
        return new ConnectedFleet(merchantId, [.. terminals]);
    }

    /// <summary>Connects all of them, a limited number at a time; returns how long it took until the last was greeted.</summary>
    public async Task<TimeSpan> Connect(CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        await Parallel.ForEachAsync(
            Terminals,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel },
            async (terminal, token) =>
            {
                var run = terminal.Run(stop.Token);
                lock (running)
                {
                    running.Add(run);
                }
                // A terminal that cannot even start says why.
                await (await Task.WhenAny(terminal.Connected, run)).WaitAsync(
                    TimeSpan.FromSeconds(60),
                    token
                );
            }
        );
        return clock.Elapsed;
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        try
        {
            await Task.WhenAll(running).WaitAsync(TimeSpan.FromSeconds(30));
        }
        catch (Exception e) when (e is OperationCanceledException or HttpRequestException)
        {
            // Told to stop in the middle of a request.
        }
        foreach (var terminal in Terminals)
        {
            terminal.Dispose();
        }
        stop.Dispose();
    }
}
