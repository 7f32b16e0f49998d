namespace Tillkeeper.Server.Reports;

/// <summary>How the provider did in a month (M4), within what its reader sees.</summary>
/// <param name="Month">E.g. <c>2026-11</c>, counted in China Standard Time (UTC+8).</param>
/// <param name="Complete">False when the month holds more locks than one report reads; it then covers the first of them.</param>
/// <param name="Standing">Locks that began in the month and have not ended.</param>
internal sealed record MonthlyReport(
    string Month,
    DateTimeOffset From,
    DateTimeOffset Until,
    DateTimeOffset MadeAt,
    bool Complete,
    long Locks,
    long Standing,
    IReadOnlyList<CauseLine> Causes,
    FalseLocks FalseLocks,
    IReadOnlyList<RepeatedCause> Repeated,
    Promises Promises,
    Satisfaction Satisfaction,
    IReadOnlyList<HourLine>? Hours = null,
    IReadOnlyList<LatenessLine>? Lateness = null
);

/// <summary>When in the week locks began, in China Standard Time.</summary>
/// <param name="Weekday">1 is Monday, 7 Sunday.</param>
/// <param name="Hour">0 to 23.</param>
internal sealed record HourLine(long Weekday, long Hour, long Locks);

/// <summary>How far from the end that was promised last locks really ended.</summary>
/// <param name="FromMinutes">At least so many minutes late; negative is early; null: any earlier.</param>
/// <param name="ToMinutes">And less than so many; null: any later.</param>
internal sealed record LatenessLine(long? FromMinutes, long? ToMinutes, long Locks);

/// <param name="Locks">That began in the month.</param>
/// <param name="MedianSeconds">From begin to end, of those that have ended; null when none has. Nearest rank.</param>
/// <param name="P90Seconds">Nine of ten took no longer.</param>
internal sealed record CauseLine(
    string Cause,
    long Locks,
    long Ended,
    long? MedianSeconds,
    long? P90Seconds
);

/// <param name="Locks">Locks found to be wrong in the month, each once.</param>
/// <param name="Overturned">Of these, after a complaint.</param>
internal sealed record FalseLocks(long Locks, long Overturned);

/// <summary>A terminal that was locked for the same cause more than once.</summary>
internal sealed record RepeatedCause(string TerminalId, string Serial, string Cause, long Locks);

/// <summary>What was promised for the month, and what of it was kept; what is still open counts as neither.</summary>
internal sealed record Promises(Promise Cases, Promise ExpectedEnds);

internal sealed record Promise(long Kept, long Missed)
{
    /// <summary>0 to 1; null when nothing was promised.</summary>
    public double? Share => Kept + Missed == 0 ? null : (double)Kept / (Kept + Missed);
}

/// <param name="Settled">Cases opened in the month and settled.</param>
/// <param name="Average">1 to 5; null without an answer.</param>
internal sealed record Satisfaction(long Settled, long Answers, double? Average);
