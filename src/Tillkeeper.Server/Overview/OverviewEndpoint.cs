using System.Diagnostics.CodeAnalysis;
using Dapper;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Orgs;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Storage.Sqlite;

namespace Tillkeeper.Server.Overview;

/// <summary>
/// <c>GET /api/v1/overview</c>: how much of what waits for somebody, in one's own subtree. Each number is counted over what is open, never
/// over all there ever was, so that it costs the same with a hundred terminals and with a million.
/// </summary>
[SuppressMessage("Major Code Smell", "S1144", Justification = "Dapper sets what rows hold.")]
internal static class OverviewEndpoint
{
    /// <param name="Terminals">How many are held by it; two locks of one terminal count once.</param>
    /// <param name="Oldest">Since when the longest of them stands.</param>
    internal sealed record CauseView(string Cause, long Terminals, DateTimeOffset Oldest);

    /// <param name="Overdue">Those whose time has come and gone.</param>
    internal sealed record WaitingView(long Open, long Overdue);

    /// <param name="Locked">Terminals that anything holds.</param>
    /// <param name="Missed">Locks that stand although an end that was promised has passed.</param>
    internal sealed record OverviewView(
        long Locked,
        IReadOnlyList<CauseView> Locks,
        long Missed,
        WaitingView Cases,
        WaitingView Alerts,
        long Critical
    );

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

    private const string Within = "place >= @From AND place < @To";

    public static void MapOverview(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/v1/overview", Show).Needs(Right.Look);

    private static IResult Show(Person person, Database database, TimeProvider time)
    {
        var range = Subtree.Of(person.Place, new Paging("", 1));
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        return Results.Json(
            database.Read(c =>
            {
                var causes = c.Query<CauseRow>(
                        $"SELECT cause, COUNT(DISTINCT terminal) AS terminals, MIN(since) AS oldest, COALESCE(SUM(expected_end < @now), 0) AS missed FROM lock_spans WHERE ended_at IS NULL AND {Within} GROUP BY cause ORDER BY 2 DESC, 1",
                        new
                        {
                            range.From,
                            range.To,
                            now,
                        }
                    )
                    .AsList();
                var cases = c.QuerySingle<CountRow>(
                    $"SELECT COUNT(*) AS open, COALESCE(SUM(f.due < @now), 0) AS overdue, 0 AS critical FROM cases JOIN case_facts f USING (id) WHERE status = 'open' AND f.merged_into IS NULL AND {Within}",
                    new
                    {
                        range.From,
                        range.To,
                        now,
                    }
                );
                var alerts = c.QuerySingle<CountRow>(
                    $"SELECT COUNT(*) AS open, COALESCE(SUM(overdue > 0), 0) AS overdue, COALESCE(SUM(severity = 'critical'), 0) AS critical FROM alerts WHERE status = 'open' AND {Within}",
                    range
                );
                var locked = c.ExecuteScalar<long>(
                    $"SELECT COUNT(DISTINCT terminal) FROM lock_spans WHERE ended_at IS NULL AND {Within}",
                    range
                );
                return new OverviewView(
                    locked,
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
            })
        );
    }
}
