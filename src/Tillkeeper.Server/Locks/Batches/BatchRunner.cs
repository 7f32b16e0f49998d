using System.Threading.Channels;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Locks.Batches;

/// <summary>
/// Goes on with batches that have begun, chunk after chunk. Their timers are the net beneath it: whatever it loses in a crash is due again
/// within seconds.
/// </summary>
internal sealed partial class BatchRunner(
    Appender appender,
    BatchOrders orders,
    ILogger<BatchRunner> logger
) : BackgroundService
{
    private readonly Channel<string> waiting = Channel.CreateBounded<string>(
        new BoundedChannelOptions(1024) { FullMode = BoundedChannelFullMode.DropWrite }
    );

    /// <summary>There is more to do for a batch.</summary>
    public void GoOn(string id) => waiting.Writer.TryWrite(id);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var id in waiting.Reader.ReadAllAsync(stoppingToken))
            {
                await CarryOut(id, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What is left is due at the next start.
        }
    }

    private async Task CarryOut(string id, CancellationToken stop)
    {
        try
        {
            while (
                !stop.IsCancellationRequested
                && await appender.Run(Act.Server, work => orders.Next(work, id), stop)
            )
            {
                // The next chunk.
            }
        }
        // It concerns this batch alone; its timer tries again.
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailed(id, e);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The batch {Batch} stopped; it is taken up again."
    )]
    private partial void LogFailed(string batch, Exception problem);
}

/// <summary>Begins scheduled batches, lets unanswered ones lapse, and takes up those that a crash left half done.</summary>
internal sealed class BatchTimer(BatchOrders orders, BatchRunner runner) : ITimerHandler
{
    public string Kind => LockBatchStreams.Timer;

    public void Fire(Work work, string key)
    {
        orders.WhenDue(work, key);
        // Before this is durable, and harmless so: the runner's own command comes after it, and finds nothing to do if it came to nothing.
        runner.GoOn(key);
    }
}
