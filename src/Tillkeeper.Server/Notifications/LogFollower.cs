using Dapper;
using Tillkeeper.Server.Notifications.Channels;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Storage;
using Tillkeeper.Server.Storage.Sqlite;

namespace Tillkeeper.Server.Notifications;

/// <summary>
/// Follows the log by position: what somebody has to be told becomes letters in the same transaction that moves the position, so nothing
/// is forgotten and nothing is told twice, whatever happens in between.
/// </summary>
internal sealed partial class LogFollower(
    Appender appender,
    Database database,
    Notifier notifier,
    ChannelBook channels,
    TimeProvider time,
    ILogger<LogFollower> logger
) : BackgroundService
{
    private const int AtOnce = 512;
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);

    private sealed record Row(long Place, string Stream, string Type, long At, byte[] Data);

    /// <summary>What is told of begins now; called in the command that makes the first channel.</summary>
    public static void Begin(Views views)
    {
        for (var shard = 0; shard < Shards.Count; shard++)
        {
            views.Write(
                "INSERT INTO notification_cursors VALUES ($1, coalesce((SELECT last_seq FROM shards WHERE shard = $1), 0)) ON CONFLICT (shard) DO NOTHING",
                shard
            );
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TryRound();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The positions are on record; the next start goes on from them.
        }
    }

    private async Task TryRound()
    {
        try
        {
            if (channels.Any())
            {
                for (var shard = 0; shard < Shards.Count; shard++)
                {
                    int read;
                    do
                    {
                        read = await Step(shard);
                    } while (read == AtOnce);
                }
            }
        }
        // The next round tries again from the same position; a disk that fails ends the process by itself.
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailed(e);
        }
    }

    private async Task<int> Step(int shard)
    {
        var (from, rows) = database.Read(c =>
        {
            var seq = c.ExecuteScalar<long?>(
                "SELECT seq FROM notification_cursors WHERE shard = @shard",
                new { shard }
            );
            return (
                seq,
                seq is { } known
                    ? c.Query<Row>(
                            "SELECT place, stream, type, at, data FROM events WHERE place > @after AND place < @end ORDER BY place LIMIT @AtOnce",
                            new
                            {
                                after = Shards.PlaceOf(shard, known),
                                end = Shards.PlaceOf(shard + 1, 0),
                                AtOnce,
                            }
                        )
                        .AsList()
                    : []
            );
        });
        if (rows.Count == 0)
        {
            return 0;
        }
        var at = from!.Value;
        foreach (var row in rows)
        {
            var happening = Happenings.Of(
                row.Stream,
                row.Type,
                DateTimeOffset.FromUnixTimeMilliseconds(row.At),
                row.Data
            );
            if (happening is not null)
            {
                // One command each: what one of them has queued counts for the next.
                at = await Move(shard, at, Shards.SeqAt(row.Place), happening);
            }
        }
        await Move(shard, at, Shards.SeqAt(rows[^1].Place), null);
        return rows.Count;
    }

    /// <summary>Nothing is told when the position has moved since it was read.</summary>
    private async Task<long> Move(int shard, long from, long to, Happening? happening)
    {
        if (from == to)
        {
            return to;
        }
        await appender.Run(
            Act.Server,
            work =>
            {
                var stands = work.Views.Scalar(
                    "SELECT seq FROM notification_cursors WHERE shard = $1",
                    shard
                );
                if (stands is not long seq || seq != from)
                {
                    return false;
                }
                work.Beside(v =>
                    v.Write("UPDATE notification_cursors SET seq = $2 WHERE shard = $1", shard, to)
                );
                if (happening is not null)
                {
                    notifier.Tell(work, happening);
                }
                return true;
            }
        );
        return to;
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Following the log for notifications failed; it is tried again."
    )]
    private partial void LogFailed(Exception problem);
}
