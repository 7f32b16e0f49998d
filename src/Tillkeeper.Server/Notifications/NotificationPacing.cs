namespace Tillkeeper.Server.Notifications;

/// <summary>How patiently notifications are sent, and how many at most. The defaults go on for about four hours.</summary>
internal sealed record NotificationPacing
{
    /// <summary>After the first failure; doubled after each further one.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(5);
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(30);
    public int MostAttempts { get; init; } = 16;

    /// <summary>For one attempt, connecting included.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>To one party over one channel; what comes beyond it within an hour is told as one summary.</summary>
    public int MostAnHour { get; init; } = 10;

    /// <param name="attempts">Failures so far, this one included.</param>
    /// <param name="chance">0 to 1: spreads the attempts by a fifth either way.</param>
    public TimeSpan PauseAfter(int attempts, double chance)
    {
        var pause = FirstPause * Math.Pow(2, Math.Min(attempts - 1, 30));
        return (pause < LongestPause ? pause : LongestPause) * (0.8 + (0.4 * chance));
    }
}
