using Dapper;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Storage;
using Tillkeeper.Server.Storage.Sqlite;

namespace Tillkeeper.Server.Watch.Webhooks;

/// <summary>
/// Follows the log by position for each webhook: what it asked for becomes a letter in the same transaction that moves its position, so
/// nothing is lost and nothing is written twice, whatever happens in between.
/// </summary>
internal sealed class LogFollower(Appender appender, Database database, TimeProvider time)
    : BackgroundService
{
    /// <summary>Events read in one go.</summary>
    private const int AtOnce = 512;

    /// <summary>A receiver that takes nothing stops its own webhook here, and nobody else's.</summary>
    internal const int MostWaiting = 100_000;

    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);

    private sealed record Webhook(string Id, string Place, string Events);

    private sealed record Row(long Place, string Stream, string Type, long At, byte[] Data);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await Round();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The positions are on record; the next start goes on from them.
        }
    }

    /// <summary>Brings every webhook to the end of the log.</summary>
    internal async Task Round()
    {
        var webhooks = database.Read(c =>
            c.Query<Webhook>("SELECT id, place, events FROM webhooks ORDER BY id").AsList()
        );
        foreach (var webhook in webhooks)
        {
            for (var shard = 0; shard < Shards.Count; shard++)
            {
                int read;
                do
                {
                    read = IsFull(webhook.Id) ? 0 : await Step(webhook, shard);
                } while (read == AtOnce);
            }
        }
    }

    private bool IsFull(string webhook) =>
        database.Read(c =>
            c.ExecuteScalar<long>(
                "SELECT count(*) FROM (SELECT 1 FROM webhook_letters WHERE webhook = @webhook AND dead_at IS NULL LIMIT @MostWaiting)",
                new { webhook, MostWaiting }
            )
        ) >= MostWaiting;

    private async Task<int> Step(Webhook webhook, int shard)
    {
        var (from, rows) = database.Read(c =>
        {
            var seq = c.ExecuteScalar<long>(
                "SELECT seq FROM webhook_cursors WHERE webhook = @Id AND shard = @shard",
                new { webhook.Id, shard }
            );
            return (
                seq,
                c.Query<Row>(
                        "SELECT place, stream, type, at, data FROM events WHERE place > @after AND place < @end ORDER BY place LIMIT @AtOnce",
                        new
                        {
                            after = Shards.PlaceOf(shard, seq),
                            end = Shards.PlaceOf(shard + 1, 0),
                            AtOnce,
                        }
                    )
                    .AsList()
            );
        });
        if (rows.Count == 0)
        {
            return 0;
        }
        var letters = database.Read(c => rows.SelectMany(row => Letters(c, webhook, row)).ToList());
        var to = Shards.SeqAt(rows[^1].Place);
        await appender.Run(
            Act.Server,
            work =>
            {
                work.Beside(views => Write(views, webhook.Id, shard, from, to, letters));
                return true;
            }
        );
        return rows.Count;
    }

    /// <summary>Nothing, when the position has moved since it was read, or the webhook is gone.</summary>
    private static void Write(
        Views views,
        string webhook,
        int shard,
        long from,
        long to,
        List<Letter> letters
    )
    {
        var moved = views.Write(
            "UPDATE webhook_cursors SET seq = $4 WHERE webhook = $1 AND shard = $2 AND seq = $3",
            webhook,
            shard,
            from,
            to
        );
        if (moved == 0)
        {
            return;
        }
        foreach (var letter in letters)
        {
            views.Write(
                "INSERT INTO webhook_letters (webhook, event, type, subject, body, attempts, next_at, problem) VALUES ($1, $2, $3, $4, $5, 0, 0, '')",
                webhook,
                letter.Event,
                letter.Type,
                letter.Subject,
                letter.Body
            );
        }
    }

    private sealed record Letter(string Event, string Type, string Subject, byte[] Body);

    private static IEnumerable<Letter> Letters(
        System.Data.IDbConnection connection,
        Webhook webhook,
        Row row
    )
    {
        var patterns = webhook.Events.Split(' ');
        var part = 0;
        foreach (var notice in Notices.Of(row.Stream, row.Type, row.Data))
        {
            part++;
            if (
                Notice.Matches(patterns, notice.Type)
                && PlaceOf(connection, notice.Subject) is { } place
                && place.StartsWith(webhook.Place, StringComparison.Ordinal)
            )
            {
                var id = Notice.IdOf(row.Place, part);
                var at = DateTimeOffset.FromUnixTimeMilliseconds(row.At);
                yield return new Letter(
                    id,
                    notice.Type,
                    notice.Subject,
                    notice.ToCloudEvent(id, at)
                );
            }
        }
    }

    private static string? PlaceOf(System.Data.IDbConnection connection, string subject)
    {
        var cut = subject.IndexOf('/', StringComparison.Ordinal);
        var id = subject[(cut + 1)..];
        return subject[..cut] switch
        {
            "terminal" => Find("SELECT place FROM terminals WHERE id = @id"),
            "case" => Find("SELECT place FROM cases WHERE id = @id"),
            "alert" => Find("SELECT place FROM alerts WHERE id = @id"),
            // Crises concern every shop: only the provider's own webhooks hear of them.
            _ => "/",
        };
        string? Find(string sql) => connection.ExecuteScalar<string>(sql, new { id });
    }
}
