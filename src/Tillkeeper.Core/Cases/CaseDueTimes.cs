using Tillkeeper.Core.Locks;

namespace Tillkeeper.Core.Cases;

/// <summary>How long a case may take until somebody is told, by the severity of what it is about.</summary>
public static class CaseDueTimes
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromDays(1);

    public static TimeSpan Of(Severity severity) =>
        severity switch
        {
            Severity.Critical => TimeSpan.FromMinutes(30),
            Severity.High => TimeSpan.FromHours(1),
            Severity.Medium => TimeSpan.FromHours(4),
            Severity.Low => TimeSpan.FromDays(1),
            _ => TimeSpan.FromDays(3),
        };

    public static TimeSpan Of(Cause cause) => Of(LockTable.Of(cause).Severity);

    /// <summary>The first reminder: half the time before it is due.</summary>
    public static DateTimeOffset FirstReminder(Cause cause, DateTimeOffset due) =>
        due - (Of(cause) / 2);

    /// <summary>Once overdue it is told again, each time after twice as long, at most a day.</summary>
    public static TimeSpan Pause(Cause cause, int told)
    {
        var pause = Of(cause) * (1 << Math.Min(told, 10));
        return pause < LongestPause ? pause : LongestPause;
    }
}
