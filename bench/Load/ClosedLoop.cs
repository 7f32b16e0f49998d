using System.Diagnostics;
using Tillkeeper.Bench.Measuring;

namespace Tillkeeper.Bench.Load;

/// <summary>As fast as it goes with a fixed number in flight.</summary>
internal static class ClosedLoop
{
    private const int InFlight = 256;

    /// <returns>Durable events a second.</returns>
    public static async Task<double> Run(Scratch scratch, int terminals, int events)
    {
        await using var handler = await Handler.Open(
            Path.Combine(scratch.New(), "ours.db"),
            terminals
        );
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(
            Enumerable
                .Range(0, InFlight)
                .Select(lane => Task.Run(() => Drive(handler, lane, events)))
        );
        return events / clock.Elapsed.TotalSeconds;
    }

    /// <summary>A lane has terminals of its own, so that each terminal's events keep their order.</summary>
    private static async Task Drive(Handler handler, int lane, int events)
    {
        var terminal = lane;
        for (var i = lane; i < events; i += InFlight)
        {
            await handler.Report(terminal);
            terminal += InFlight;
            if (terminal >= handler.Terminals)
            {
                terminal = lane;
            }
        }
    }
}
