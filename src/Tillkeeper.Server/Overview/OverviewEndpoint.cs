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

    private sealed record CauseRow(string Cause, long Terminals, long Oldest, long? Missed);

    private sealed record CountRow(long Open, long? Overdue, long? Critical);

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
                        $"SELECT cause, COUNT(DISTINCT terminal) AS terminals, MIN(since) AS oldest, SUM(expected_end < @now) AS missed FROM lock_spans WHERE ended_at IS NULL AND {Within} GROUP BY cause ORDER BY 2 DESC, 1",
                        new
                        {
                            range.From,
                            range.To,
                            now,
                        }
                    )
                    .AsList();
                var cases = c.QuerySingle<CountRow>(
                    $"SELECT COUNT(*) AS open, SUM(f.due < @now) AS overdue, 0 AS critical FROM cases JOIN case_facts f USING (id) WHERE status = 'open' AND f.merged_into IS NULL AND {Within}",
                    new
                    {
                        range.From,
                        range.To,
                        now,
                    }
                );
                var alerts = c.QuerySingle<CountRow>(
                    $"SELECT COUNT(*) AS open, SUM(overdue > 0) AS overdue, SUM(severity = 'critical') AS critical FROM alerts WHERE status = 'open' AND {Within}",
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
                    causes.Sum(row => row.Missed ?? 0),
                    new WaitingView(cases.Open, cases.Overdue ?? 0),
                    new WaitingView(alerts.Open, alerts.Overdue ?? 0),
                    alerts.Critical ?? 0
                );
            })
        );
    }
}
