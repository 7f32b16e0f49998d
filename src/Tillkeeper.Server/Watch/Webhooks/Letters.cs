using Dapper;
using Tillkeeper.Server.Storage.Sqlite;

namespace Tillkeeper.Server.Watch.Webhooks;

/// <summary>One letter on its way.</summary>
/// <param name="Event">The same at every attempt: by it the receiver knows a repeat.</param>
internal sealed record OpenLetter(
    long Number,
    string Event,
    string Type,
    string Subject,
    byte[] Body,
    long Attempts
);

/// <summary>A letter that was given up.</summary>
/// <param name="Problem">What the last attempt failed with.</param>
internal sealed record DeadLetter(
    string Id,
    string Event,
    string Type,
    string Subject,
    int Attempts,
    DateTimeOffset DeadAt,
    string Problem
);

/// <summary>What waits to be delivered.</summary>
internal sealed class Letters(Database database)
{
    /// <summary>Of each subject only the oldest: the others wait for their turn, whatever becomes of it.</summary>
    private const string Due = """
        SELECT l.number, l.event, l.type, l.subject, l.body, l.attempts FROM webhook_letters l
        WHERE l.webhook = @webhook AND l.dead_at IS NULL AND l.next_at <= @now AND NOT EXISTS (
          SELECT 1 FROM webhook_letters b
          WHERE b.webhook = l.webhook AND b.subject = l.subject AND b.dead_at IS NULL AND b.number < l.number)
        ORDER BY l.number LIMIT @most
        """;

    public IReadOnlyList<OpenLetter> FindDue(string webhook, DateTimeOffset now, int most) =>
        database.Read(c =>
            c.Query<OpenLetter>(
                    Due,
                    new
                    {
                        webhook,
                        now = now.ToUnixTimeMilliseconds(),
                        most,
                    }
                )
                .AsList()
        );

    public (int Waiting, int Dead) Count(string webhook) =>
        database.Read(c =>
            c.QuerySingle<(int, int)>(
                "SELECT count(*) FILTER (WHERE dead_at IS NULL), count(*) FILTER (WHERE dead_at IS NOT NULL) FROM webhook_letters WHERE webhook = @webhook",
                new { webhook }
            )
        );

    public IReadOnlyList<DeadLetter> FindDead(string webhook, long after, int most) =>
        database.Read(c =>
            c.Query<(
                long Number,
                string Event,
                string Type,
                string Subject,
                int Attempts,
                long DeadAt,
                string Problem
            )>(
                    "SELECT number, event, type, subject, attempts, dead_at, problem FROM webhook_letters WHERE webhook = @webhook AND dead_at IS NOT NULL AND number > @after ORDER BY number LIMIT @most",
                    new
                    {
                        webhook,
                        after,
                        most,
                    }
                )
                .Select(r => new DeadLetter(
                    r.Number.ToString(System.Globalization.CultureInfo.InvariantCulture),
                    r.Event,
                    r.Type,
                    r.Subject,
                    r.Attempts,
                    DateTimeOffset.FromUnixTimeMilliseconds(r.DeadAt),
                    r.Problem
                ))
                .ToList()
        );
}
