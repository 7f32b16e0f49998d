using Dapper;
using Tillkeeper.Core.Audit;
using Tillkeeper.Server.Storage.Sqlite;

namespace Tillkeeper.Server.Audit;

/// <summary>Anchors the heads that have moved, every ten seconds and at the end.</summary>
internal sealed partial class CheckpointWriter(
    Database database,
    CheckpointFile file,
    TimeProvider time,
    ILogger<CheckpointWriter> logger
) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);
    private readonly Dictionary<long, long> anchored = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (!stoppingToken.IsCancellationRequested)
        {
            TryAnchor();
            try
            {
                await timer.WaitForNextTickAsync(stoppingToken);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }
        TryAnchor();
    }

    /// <summary>A full disk must not end the server: the heads stay to be anchored, and the next round tries again.</summary>
    private void TryAnchor()
    {
        try
        {
            Anchor();
        }
        catch (IOException e)
        {
            LogNotAnchored(e);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Critical,
        Message = "The log's heads could not be anchored outside the database."
    )]
    private partial void LogNotAnchored(IOException problem);

    /// <summary>Writes down every head that has moved since it was last written down.</summary>
    internal void Anchor()
    {
        lock (anchored)
        {
            AnchorMoved();
        }
    }

    private void AnchorMoved()
    {
        var heads = database.Read(c =>
            c.Query<(long Shard, long Seq, byte[] Hash)>(
                    "SELECT shard, last_seq, head_hash FROM shards"
                )
                .AsList()
        );
        foreach (var (shard, seq, hash) in heads)
        {
            if (anchored.GetValueOrDefault(shard) != seq)
            {
                file.Append(
                    new Checkpoint(
                        (int)shard,
                        seq,
                        Convert.ToHexStringLower(hash),
                        time.GetUtcNow()
                    )
                );
                anchored[shard] = seq;
            }
        }
    }
}
