using Dapper;
using Tillkeeper.Core;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Storage.Sqlite;

namespace Tillkeeper.Server.Complaints;

/// <summary><c>GET /api/v1/reports/overturned</c>: how many of the locks and decisions that somebody appealed against were wrong (B10).</summary>
internal static class OverturnedReport
{
    private static readonly TimeSpan Usual = TimeSpan.FromDays(90);

    private const string Count = """
        SELECT kind, cause, by_provider, count(*), sum(outcome = 'overturned') FROM complaints
        WHERE outcome IS NOT NULL AND settled_at >= @since AND settled_at < @until AND place >= @from AND place < @to
        GROUP BY kind, cause, by_provider ORDER BY kind, cause, by_provider
        """;

    /// <param name="ByProvider">True for locks that the provider's people or rules put up.</param>
    /// <param name="Share">0 to 1.</param>
    internal sealed record Line(
        string Kind,
        string? Cause,
        bool ByProvider,
        long Reviewed,
        long Overturned,
        double Share
    );

    internal sealed record Report(
        DateTimeOffset From,
        DateTimeOffset Until,
        long Reviewed,
        long Overturned,
        IReadOnlyList<Line> Lines
    );

    public static void MapOverturned(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/v1/reports/overturned", Show).Needs(Right.Look);

    private static IResult Show(
        Person person,
        Database database,
        TimeProvider time,
        DateTimeOffset? from = null,
        DateTimeOffset? until = null
    )
    {
        var end = until ?? time.GetUtcNow();
        var start = from ?? end - Usual;
        return start < end
            ? Results.Json(Read(database, person, start, end))
            : Problems.Of(Refusal.Invalid("from", "Name a time before 'until'."));
    }

    internal static Report Read(
        Database database,
        Person person,
        DateTimeOffset start,
        DateTimeOffset end
    )
    {
        var rows = database.Read(c =>
            c.Query<(string Kind, string? Cause, long ByProvider, long Reviewed, long Overturned)>(
                    Count,
                    new
                    {
                        since = start.ToUnixTimeMilliseconds(),
                        until = end.ToUnixTimeMilliseconds(),
                        from = person.Place,
                        to = person.Place + "\uFFFF",
                    }
                )
                .AsList()
        );
        return new Report(
            start,
            end,
            rows.Sum(r => r.Reviewed),
            rows.Sum(r => r.Overturned),
            [
                .. rows.Select(r => new Line(
                    r.Kind,
                    r.Cause,
                    r.ByProvider != 0,
                    r.Reviewed,
                    r.Overturned,
                    (double)r.Overturned / r.Reviewed
                )),
            ]
        );
    }
}
