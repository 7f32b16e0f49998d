using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Storage.Sqlite;

namespace Tillkeeper.Server.Reports;

/// <summary>Counts a month from the views, all in one snapshot.</summary>
internal sealed class MonthlyFigures(Database database, TimeProvider time)
{
    /// <summary>Locks that one report reads at most.</summary>
    private const int MostLocks = 500_000;

    /// <summary>Terminals that it names, those locked most often first.</summary>
    private const int MostRepeated = 100;
    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    internal const string Spans = """
        WITH spans AS (
          SELECT * FROM lock_spans WHERE since >= @from AND since < @until AND place >= @place AND place < @to
          ORDER BY since LIMIT @most
        )
        """;

    private const string Causes =
        Spans
        + """
            , took AS (
              SELECT cause, (ended_at - since) / 1000 AS seconds, count(*) OVER (PARTITION BY cause) AS n,
                row_number() OVER (PARTITION BY cause ORDER BY ended_at - since) AS rank FROM spans WHERE ended_at IS NOT NULL
            ), times AS (
              SELECT cause, max(CASE WHEN rank = (n + 1) / 2 THEN seconds END) AS median,
                max(CASE WHEN rank = (9 * n + 9) / 10 THEN seconds END) AS p90 FROM took GROUP BY cause
            )
            SELECT cause, count(*) AS locks, count(ended_at) AS ended, median, p90
            FROM spans LEFT JOIN times USING (cause) GROUP BY cause ORDER BY locks DESC, cause
            """;

    private const string Repeated =
        Spans
        + """
            SELECT s.terminal, t.serial, s.cause, count(*) AS locks FROM spans s JOIN terminals t ON t.id = s.terminal
            GROUP BY s.terminal, s.cause HAVING count(*) > 1 ORDER BY locks DESC, t.serial, s.cause LIMIT @repeated
            """;

    private const string Ends =
        Spans
        + """
            SELECT coalesce(sum(NOT missed AND ended_at IS NOT NULL), 0),
              coalesce(sum(missed OR (ended_at IS NULL AND expected_end < @now)), 0)
            FROM spans WHERE expected_end IS NOT NULL OR missed
            """;

    // A case that was overdue once stays so: the settling that came too late does not undo it.
    private const string Cases = """
        SELECT coalesce(sum(NOT f.overdue AND c.status NOT IN ('open', 'approved')), 0),
          coalesce(sum(f.overdue OR (c.status IN ('open', 'approved') AND f.due < @now)), 0)
        FROM cases c JOIN case_facts f USING (id)
        WHERE f.due >= @from AND f.due < @until AND c.place >= @place AND c.place < @to
        """;

    private const string Answers = """
        SELECT coalesce(sum(c.status NOT IN ('open', 'approved')), 0), count(f.score), avg(f.score)
        FROM cases c JOIN case_facts f USING (id)
        WHERE c.opened_at >= @from AND c.opened_at < @until AND c.place >= @place AND c.place < @to
        """;

    private const string Overturned = """
        SELECT DISTINCT terminal || '/' || lock_id FROM complaints WHERE outcome = 'overturned' AND lock_id IS NOT NULL
        AND settled_at >= @from AND settled_at < @until AND place >= @place AND place < @to
        """;

    private const string FoundWrong = """
        SELECT l.terminal || '/' || l.lock_id FROM investigations i JOIN investigation_locks l ON l.investigation = i.id
        WHERE i.false_lock = 1 AND i.closed_at >= @from AND i.closed_at < @until AND i.place >= @place AND i.place < @to
        """;

    private const string CountOverturned = $"SELECT count(*) FROM ({Overturned})";
    private const string CountWrong = $"SELECT count(*) FROM ({Overturned} UNION {FoundWrong})";

    /// <summary>Midnight of the month's first day in China.</summary>
    public static bool TryBegin(string? month, out DateTimeOffset begin)
    {
        var known = DateOnly.TryParseExact(
            month,
            "yyyy-MM",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var first
        );
        // The calendar's own ends leave no room for the days around them.
        known = known && first.Year is > 1970 and < 9999;
        begin = known ? new DateTimeOffset(first, TimeOnly.MinValue, China) : default;
        return known;
    }

    public MonthlyReport Read(DateTimeOffset begin, Person person)
    {
        var (until, now) = (begin.AddMonths(1), time.GetUtcNow());
        var asked = new
        {
            from = begin.ToUnixTimeMilliseconds(),
            until = until.ToUnixTimeMilliseconds(),
            now = now.ToUnixTimeMilliseconds(),
            place = person.Place,
            to = person.Place + "\uFFFF",
            most = MostLocks,
            repeated = MostRepeated,
        };
        return database.Read(c =>
        {
            using var snapshot = c.BeginTransaction(deferred: true);
            var causes = Lines(c, asked);
            var locks = causes.Sum(l => l.Locks);
            var overturned = c.ExecuteScalar<long>(CountOverturned, asked);
            // One that was overturned and looked into is one.
            var wrong = c.ExecuteScalar<long>(CountWrong, asked);
            var (settled, answers, average) = c.QuerySingle<(long, long, double?)>(Answers, asked);
            return new MonthlyReport(
                begin.ToString("yyyy-MM", CultureInfo.InvariantCulture),
                begin.ToUniversalTime(),
                until.ToUniversalTime(),
                now,
                locks < MostLocks,
                locks,
                locks - causes.Sum(l => l.Ended),
                causes,
                new FalseLocks(wrong, overturned),
                Often(c, asked),
                new Promises(Kept(c, Cases, asked), Kept(c, Ends, asked)),
                new Satisfaction(settled, answers, average),
                WeekFigures.Hours(c, asked),
                WeekFigures.Lateness(c, asked)
            );
        });
    }

    private static List<CauseLine> Lines(SqliteConnection c, object asked) =>
        [
            .. c.Query<(string Cause, long Locks, long Ended, long? Median, long? P90)>(
                    Causes,
                    asked
                )
                .Select(r => new CauseLine(r.Cause, r.Locks, r.Ended, r.Median, r.P90)),
        ];

    private static List<RepeatedCause> Often(SqliteConnection c, object asked) =>
        [
            .. c.Query<(string Terminal, string Serial, string Cause, long Locks)>(Repeated, asked)
                .Select(r => new RepeatedCause(r.Terminal, r.Serial, r.Cause, r.Locks)),
        ];

    private static Promise Kept(SqliteConnection c, string sql, object asked)
    {
        var (kept, missed) = c.QuerySingle<(long, long)>(sql, asked);
        return new Promise(kept, missed);
    }
}
