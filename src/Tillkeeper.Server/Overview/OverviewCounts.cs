using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Dapper;
using Microsoft.Data.Sqlite;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Orgs;
using Tillkeeper.Server.Storage.Sqlite;
using static Tillkeeper.Server.Overview.OverviewEndpoint;

namespace Tillkeeper.Server.Overview;

/// <summary>
/// Counts what is open below a place: never over all there ever was, and never twice while nothing has happened. In a crisis a fifth of
/// a fleet is locked and everybody looks at the same page: it is counted once for all of them.
/// </summary>
[SuppressMessage("Major Code Smell", "S1144", Justification = "Dapper sets what rows hold.")]
internal sealed class OverviewCounts(Database database, TimeProvider time)
{
    private const int MostPlaces = 1_000;

    /// <summary>What becomes late does so without an event; nobody sees it later than this.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private const string Within = "place >= @From AND place < @To";
    private const string Standing = $"FROM lock_spans WHERE ended_at IS NULL AND {Within}";

    /// <param name="Position">How far the log had come before it was counted.</param>
    private sealed record Counted(long Position, DateTimeOffset At, OverviewView View);

    private sealed class Slot
    {
        public System.Threading.Lock Gate { get; } = new();
        public Counted? Last { get; set; }
    }

    private sealed record CauseRow
    {
        public string Cause { get; init; } = "";
        public long Terminals { get; init; }
        public long Oldest { get; init; }
        public long Missed { get; init; }
    }

    private sealed record CountRow
    {
        public long Open { get; init; }
        public long Overdue { get; init; }
        public long Critical { get; init; }
    }

    private readonly ConcurrentDictionary<string, Slot> slots = new(StringComparer.Ordinal);

    public OverviewView Of(string place)
    {
        if (slots.Count > MostPlaces)
        {
            slots.Clear();
        }
        var slot = slots.GetOrAdd(place, _ => new Slot());
        lock (slot.Gate)
        {
            var now = time.GetUtcNow();
            return database.Read(c =>
            {
                // Before the counting: what is counted too much is counted again, what is missed would stay missed.
                var position = c.ExecuteScalar<long>(
                    "SELECT COALESCE(SUM(last_seq), 0) FROM shards"
                );
                if (
                    slot.Last is not { } last
                    || last.Position != position
                    || (now - last.At).Duration() > Longest
                )
                {
                    slot.Last = last = new Counted(position, now, Count(c, place, now));
                }
                return last.View;
            });
        }
    }

    private static OverviewView Count(SqliteConnection c, string place, DateTimeOffset at)
    {
        var range = Subtree.Of(place, new Paging("", 1));
        var values = new
        {
            range.From,
            range.To,
            now = at.ToUnixTimeMilliseconds(),
        };
        // In the order of the index, so that a terminal with two locks of a cause is seen in one go.
        var causes = c.Query<CauseRow>(
                $"""
                SELECT cause, COUNT(*) AS terminals, MIN(begun) AS oldest, SUM(late) AS missed FROM (
                  SELECT cause, MIN(since) AS begun, COALESCE(SUM(expected_end < @now), 0) AS late
                  {Standing} GROUP BY cause, place, terminal)
                GROUP BY cause ORDER BY 2 DESC, 1
                """,
                values
            )
            .AsList();
        var cases = c.QuerySingle<CountRow>(
            $"SELECT COUNT(*) AS open, COALESCE(SUM(f.due < @now), 0) AS overdue FROM cases JOIN case_facts f USING (id) WHERE status = 'open' AND f.merged_into IS NULL AND {Within}",
            values
        );
        var alerts = c.QuerySingle<CountRow>(
            $"SELECT COUNT(*) AS open, COALESCE(SUM(overdue > 0), 0) AS overdue, COALESCE(SUM(severity = 'critical'), 0) AS critical FROM alerts WHERE status = 'open' AND {Within}",
            values
        );
        return new OverviewView(
            causes.Count switch
            {
                0 => 0,
                1 => causes[0].Terminals,
                _ => c.ExecuteScalar<long>($"SELECT COUNT(DISTINCT terminal) {Standing}", values),
            },
            [
                .. causes.Select(row => new CauseView(
                    row.Cause,
                    row.Terminals,
                    DateTimeOffset.FromUnixTimeMilliseconds(row.Oldest)
                )),
            ],
            causes.Sum(row => row.Missed),
            new WaitingView(cases.Open, cases.Overdue),
            new WaitingView(alerts.Open, alerts.Overdue),
            alerts.Critical
        );
    }
}
