using Dapper;
using Tillkeeper.Server.Storage.Sqlite;

namespace Tillkeeper.Server.Crisis;

/// <summary>The one message of a crisis, as it stands at each lock that belongs to it.</summary>
internal sealed class CrisisMessages(Database database)
{
    private const string Sql = """
        SELECT h.lock_id AS lockId, c.message FROM rule_hits h JOIN crises c ON c.rule = h.rule
          AND h.at >= c.since AND (c.until IS NULL OR h.at <= c.until)
        WHERE h.lock_id IN @ids AND h.effect = 'lock' AND c.message IS NOT NULL AND c.status <> 'closed'
        UNION SELECT b.lock_id, c.message FROM batch_locks b JOIN crises c ON c.batch = b.batch
        WHERE b.lock_id IN @ids AND c.message IS NOT NULL AND c.status <> 'closed'
        """;

    /// <summary>Lock id to message, for those of these locks that have one.</summary>
    public IReadOnlyDictionary<string, string> Of(IReadOnlyCollection<string> lockIds) =>
        lockIds.Count == 0
            ? []
            : database
                .Read(c =>
                    // Nearly always there is none.
                    c.ExecuteScalar<long?>(
                        "SELECT 1 FROM crises WHERE message IS NOT NULL AND status <> 'closed' LIMIT 1"
                    )
                        is null
                        ? []
                        : c.Query<(string LockId, string Message)>(Sql, new { ids = lockIds })
                            .AsList()
                )
                .DistinctBy(m => m.LockId)
                .ToDictionary(m => m.LockId, m => m.Message, StringComparer.Ordinal);
}
