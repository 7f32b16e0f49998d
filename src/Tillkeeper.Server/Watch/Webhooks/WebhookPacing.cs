namespace Tillkeeper.Server.Watch.Webhooks;

/// <summary>How patiently letters are delivered. The defaults go on for about a day before a letter counts as dead.</summary>
internal sealed record WebhookPacing
{
    /// <summary>After the first failure; doubled after each further one.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(5);
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromHours(2);
    public int MostAttempts { get; init; } = 22;

    /// <summary>For one attempt, connecting included.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <param name="attempts">Failures so far, this one included.</param>
    /// <param name="chance">0 to 1: spreads the attempts by a fifth either way, so that receivers are not hit by all at once.</param>
    public TimeSpan PauseAfter(int attempts, double chance)
    {
        var pause = FirstPause * Math.Pow(2, Math.Min(attempts - 1, 30));
        return (pause < LongestPause ? pause : LongestPause) * (0.8 + (0.4 * chance));
    }
}
