using Tillkeeper.Core.Locks;

namespace Tillkeeper.Server.Watch;

/// <summary>How long an alert may wait for somebody unless that person says otherwise.</summary>
internal static class DueTimes
{
    /// <summary>Null: a notice waits as long as it likes.</summary>
    public static TimeSpan? Of(Severity severity) =>
        severity switch
        {
            Severity.Critical => TimeSpan.FromMinutes(15),
            Severity.High => TimeSpan.FromHours(1),
            Severity.Medium => TimeSpan.FromHours(8),
            Severity.Low => TimeSpan.FromDays(3),
            _ => null,
        };

    public static DateTimeOffset? Of(Severity severity, DateTimeOffset now) => now + Of(severity);
}
