using System.Diagnostics;
using System.Diagnostics.Metrics;
using Tillkeeper.Bench.Measuring;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Bench.Load;

/// <summary>Commands at a steady rate: how long from when one was due until it was durable and known to be.</summary>
internal static class OpenLoop
{
    /// <param name="P99">In milliseconds.</param>
    /// <param name="Commits">Transactions a second that the appender made of them.</param>
    internal sealed record Seen(double P99, double Commits);

    public static async Task<Seen> Run(
        Scratch scratch,
        int terminals,
        double perSecond,
        TimeSpan length
    )
    {
        await using var handler = await Handler.Open(
            Path.Combine(scratch.New(), "ours.db"),
            terminals
        );
        // The first moments pay for what is set up once.
        await Hold(handler, perSecond, TimeSpan.FromSeconds(0.5));
        using var commits = new CommitCount();
        var latencies = await Hold(handler, perSecond, length);
        return new Seen(Schedule.P99(latencies), commits.Value / length.TotalSeconds);
    }

    private static async Task<long[]> Hold(Handler handler, double perSecond, TimeSpan length)
    {
        var count = (int)(perSecond * length.TotalSeconds);
        var latencies = new long[count];
        var reports = new Task[count];
        await Task.Factory.StartNew(
            () =>
                Schedule.Keep(
                    perSecond,
                    count,
                    (i, scheduled) =>
                        reports[i] = Report(handler, i % handler.Terminals, scheduled, latencies, i)
                ),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
        await Task.WhenAll(reports);
        return latencies;
    }

    private static async Task Report(
        Handler handler,
        int terminal,
        long scheduled,
        long[] latencies,
        int slot
    )
    {
        await handler.Report(terminal);
        latencies[slot] = Stopwatch.GetTimestamp() - scheduled;
    }

    private sealed class CommitCount : IDisposable
    {
        private readonly MeterListener listener = new();
        private long commits;

        public CommitCount()
        {
            listener.SetMeasurementEventCallback<long>(
                (_, by, _, _) => Interlocked.Add(ref commits, by)
            );
            listener.EnableMeasurementEvents(Meters.Batches);
            listener.Start();
        }

        public long Value => Interlocked.Read(ref commits);

        public void Dispose() => listener.Dispose();
    }
}
