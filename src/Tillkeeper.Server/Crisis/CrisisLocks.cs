using Microsoft.Data.Sqlite;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Crisis;

/// <summary>A lock that belongs to a crisis.</summary>
internal sealed record CrisisLock(string Terminal, string LockId, DateTimeOffset At);

/// <summary>
/// Which locks belong to a crisis: those that its rule led to between its beginning and its end, or those of its batch. No other.
/// </summary>
internal static class CrisisLocks
{
    private const string All = """
        SELECT terminal, lock_id, min(at) AS at FROM rule_hits
        WHERE rule = $1 AND effect = 'lock' AND lock_id IS NOT NULL AND at BETWEEN $2 AND $3 GROUP BY terminal, lock_id
        UNION ALL SELECT terminal, lock_id, $2 FROM batch_locks WHERE batch = $4
        """;

    private const string Waiting = $"""
        SELECT l.terminal, l.lock_id, l.at FROM ({All}) l
        LEFT JOIN crisis_undone u ON u.crisis = $5 AND u.terminal = l.terminal AND u.lock_id = l.lock_id
        WHERE u.crisis IS NULL ORDER BY l.at, l.terminal, l.lock_id LIMIT $6
        """;

    /// <summary>Those that have not had their turn in the undoing, the oldest first.</summary>
    public static List<CrisisLock> Next(Views views, CrisisState crisis, int most)
    {
        var (rule, since, until, batch) = Range(crisis);
        return views.Query(Waiting, Read, rule, since, until, batch, crisis.Id, most);
    }

    /// <summary>The oldest of them, at most <paramref name="most"/>.</summary>
    public static List<CrisisLock> Of(SqliteConnection connection, CrisisState crisis, int most)
    {
        var (rule, since, until, batch) = Range(crisis);
        using var command = connection.CreateCommand();
        command.CommandText = $"{All} ORDER BY 3, 1, 2 LIMIT $5";
        command.Parameters.AddWithValue("$1", (object?)rule ?? DBNull.Value);
        command.Parameters.AddWithValue("$2", since);
        command.Parameters.AddWithValue("$3", until);
        command.Parameters.AddWithValue("$4", (object?)batch ?? DBNull.Value);
        command.Parameters.AddWithValue("$5", most);
        using var reader = command.ExecuteReader();
        List<CrisisLock> locks = [];
        while (reader.Read())
        {
            locks.Add(Read(reader));
        }
        return locks;
    }

    private static (string? Rule, long Since, long Until, string? Batch) Range(
        CrisisState crisis
    ) =>
        (
            crisis.Rule is { } rule ? Words.Of(rule) : null,
            crisis.Since.ToUnixTimeMilliseconds(),
            crisis.Until?.ToUnixTimeMilliseconds() ?? long.MaxValue,
            crisis.Batch
        );

    private static CrisisLock Read(SqliteDataReader row) =>
        new(
            row.GetString(0),
            row.GetString(1),
            DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2))
        );
}
