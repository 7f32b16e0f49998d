using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Watch;

/// <summary>Marks alerts that nobody settled in time, and tells them again: each time after twice as long, at most a day.</summary>
internal sealed class AlertReminder : ITimerHandler
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromDays(1);

    public string Kind => AlertStreams.Timer;

    public void Fire(Work work, string key)
    {
        var alert = work.Load(AlertStreams.Kind, key);
        var pause =
            (DueTimes.Of(alert.Severity) ?? LongestPause) * (1 << Math.Min(alert.Overdue, 10));
        work.Append(
            AlertStreams.Kind,
            key,
            alert.Terminal ?? key,
            [new AlertOverdue(work.Now + (pause < LongestPause ? pause : LongestPause))]
        );
    }
}
