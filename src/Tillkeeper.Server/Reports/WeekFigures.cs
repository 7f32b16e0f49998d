using Dapper;
using Microsoft.Data.Sqlite;

namespace Tillkeeper.Server.Reports;

/// <summary>When in the week locks begin, and how far they end from what was promised.</summary>
internal static class WeekFigures
{
    /// <summary>Bounds in minutes: within five is as promised.</summary>
    private static readonly long?[] Bounds = [null, -30, -5, 5, 30, null];

    /// <summary>1 January 1970 was a Thursday; China is eight hours ahead and has no other time.</summary>
    private const string HourSql =
        MonthlyFigures.Spans
        + " SELECT ((since / 1000 + 28800) / 86400 + 3) % 7 + 1, ((since / 1000 + 28800) % 86400) / 3600, count(*) FROM spans GROUP BY 1, 2 ORDER BY 1, 2";

    private const string LateSql =
        MonthlyFigures.Spans
        + " SELECT (ended_at - expected_end) / 60000.0 FROM spans WHERE ended_at IS NOT NULL AND expected_end IS NOT NULL";

    public static List<HourLine> Hours(SqliteConnection c, object asked) =>
        [
            .. c.Query<(long Weekday, long Hour, long Locks)>(HourSql, asked)
                .Select(r => new HourLine(r.Weekday, r.Hour, r.Locks)),
        ];

    public static List<LatenessLine> Lateness(SqliteConnection c, object asked)
    {
        var counts = new long[Bounds.Length - 1];
        foreach (var minutes in c.Query<double>(LateSql, asked))
        {
            counts[
                Array.FindLastIndex(Bounds, Bounds.Length - 2, b => b is null || minutes >= b)
            ]++;
        }
        return [.. counts.Select((count, i) => new LatenessLine(Bounds[i], Bounds[i + 1], count))];
    }
}
