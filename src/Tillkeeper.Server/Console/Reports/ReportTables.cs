using System.Globalization;
using Tillkeeper.Server.Console.Spans;
using Tillkeeper.Server.Console.Texts;
using Tillkeeper.Server.Reports;

namespace Tillkeeper.Server.Console.Reports;

/// <param name="Value">What a chart draws; null where there is nothing to say.</param>
/// <param name="Text">The same as people read it.</param>
/// <param name="Link">To what it counts.</param>
internal sealed record Cell(double? Value, string Text, string? Link = null);

internal sealed record TableRow(string Label, IReadOnlyList<Cell> Cells);

/// <summary>Numbers that belong together, and the chart over them.</summary>
/// <param name="Kind">How they are drawn: <c>bars</c>, <c>stack</c> or <c>heat</c>.</param>
internal sealed record ReportTable(
    string Id,
    string Title,
    string Kind,
    IReadOnlyList<string> Columns,
    IReadOnlyList<TableRow> Rows
);

/// <summary>A month as tables; each is a chart too.</summary>
internal static class ReportTables
{
    private const int DaysOfWeek = 7;
    private const int HoursOfDay = 24;

    public static IReadOnlyList<ReportTable> Of(MonthlyReport report, Phrases say) =>
        [
            Causes(report, say),
            Times(report, say),
            Promises(report, say),
            Wrong(report, say),
            Lateness(report, say),
            Hours(report, say),
        ];

    private static ReportTable Causes(MonthlyReport report, Phrases say) =>
        new(
            "causes",
            say["reports.causes"],
            "stack",
            [say["reports.ended"], say["reports.standing"]],
            [
                .. report.Causes.Select(c => new TableRow(
                    say.Word("cause", c.Cause),
                    [
                        Count(c.Ended, say),
                        Count(c.Locks - c.Ended, say, $"/console/terminals?cause={c.Cause}"),
                    ]
                )),
            ]
        );

    private static ReportTable Times(MonthlyReport report, Phrases say) =>
        new(
            "times",
            say["reports.times"],
            "bars",
            [say["reports.median"], say["reports.p90"]],
            [
                .. report
                    .Causes.Where(c => c.MedianSeconds is not null)
                    .Select(c => new TableRow(
                        say.Word("cause", c.Cause),
                        [Minutes(c.MedianSeconds, say), Minutes(c.P90Seconds, say)]
                    )),
            ]
        );

    private static ReportTable Promises(MonthlyReport report, Phrases say) =>
        new(
            "promises",
            say["reports.promises"],
            "stack",
            [say["reports.kept"], say["reports.missed"]],
            [
                new(
                    say["reports.promises.cases"],
                    [
                        Count(report.Promises.Cases.Kept, say, "/console/cases"),
                        Count(report.Promises.Cases.Missed, say, "/console/cases"),
                    ]
                ),
                new(
                    say["reports.promises.ends"],
                    [
                        Count(report.Promises.ExpectedEnds.Kept, say),
                        Count(report.Promises.ExpectedEnds.Missed, say),
                    ]
                ),
            ]
        );

    private static ReportTable Wrong(MonthlyReport report, Phrases say) =>
        new(
            "wrong",
            say["reports.wrong"],
            "bars",
            [say["reports.locks"]],
            [
                new(say["reports.wrong.all"], [Count(report.Locks, say)]),
                new(
                    say["reports.wrong.false"],
                    [Count(report.FalseLocks.Locks, say, "/console/investigations")]
                ),
                new(
                    say["reports.wrong.overturned"],
                    [Count(report.FalseLocks.Overturned, say, "/console/complaints")]
                ),
            ]
        );

    private static ReportTable Lateness(MonthlyReport report, Phrases say) =>
        new(
            "lateness",
            say["reports.lateness"],
            "bars",
            [say["reports.locks"]],
            [
                .. (report.Lateness ?? []).Select(l => new TableRow(
                    Lateness(l, say),
                    [Count(l.Locks, say)]
                )),
            ]
        );

    private static string Lateness(LatenessLine line, Phrases say) =>
        (line.FromMinutes, line.ToMinutes) switch
        {
            (null, { } to) => say["reports.earlier", -to],
            ({ } from, null) => say["reports.later", from],
            ({ } from, { } to) when from < 0 && to > 0 => say["reports.on_time", to],
            ({ } from, { } to) when to <= 0 => say["reports.early", -to, -from],
            var (from, to) => say["reports.late", from, to],
        };

    private static ReportTable Hours(MonthlyReport report, Phrases say)
    {
        var locks = (report.Hours ?? []).ToDictionary(h => (h.Weekday, h.Hour), h => h.Locks);
        return new ReportTable(
            "hours",
            say["reports.hours"],
            "heat",
            [
                .. Enumerable
                    .Range(0, HoursOfDay)
                    .Select(hour => hour.ToString("00", CultureInfo.InvariantCulture)),
            ],
            [
                .. Enumerable
                    .Range(1, DaysOfWeek)
                    .Select(day => new TableRow(
                        say[$"reports.day.{day}"],
                        [
                            .. Enumerable
                                .Range(0, HoursOfDay)
                                .Select(hour => Count(locks.GetValueOrDefault((day, hour)), say)),
                        ]
                    )),
            ]
        );
    }

    private static Cell Count(long count, Phrases say, string? link = null) =>
        new(count, count.ToString("N0", say.Culture), count > 0 ? link : null);

    private static Cell Minutes(long? seconds, Phrases say) =>
        new(
            seconds is null ? null : Math.Round(seconds.Value / 60.0, 1),
            SpanText.Of(seconds is { } s ? TimeSpan.FromSeconds(s) : null, say)
        );
}
