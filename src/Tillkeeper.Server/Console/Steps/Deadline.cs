namespace Tillkeeper.Server.Console.Steps;

/// <summary>
/// Until when, chosen as a time from now: the same everywhere, whatever clock and zone the reader's machine has.
/// </summary>
internal static class Deadline
{
    /// <summary>The choices, by the word that a form sends.</summary>
    private static readonly Dictionary<string, TimeSpan> Choices = new(StringComparer.Ordinal)
    {
        ["1h"] = TimeSpan.FromHours(1),
        ["4h"] = TimeSpan.FromHours(4),
        ["1d"] = TimeSpan.FromDays(1),
        ["3d"] = TimeSpan.FromDays(3),
        ["7d"] = TimeSpan.FromDays(7),
        ["30d"] = TimeSpan.FromDays(30),
        ["90d"] = TimeSpan.FromDays(90) - TimeSpan.FromMinutes(1),
    };

    public static IEnumerable<string> Words => Choices.Keys;

    /// <summary>The moment that was chosen; null when none was.</summary>
    public static DateTimeOffset? Of(IFormCollection form, TimeProvider time) =>
        Choices.TryGetValue(form.Said("due") ?? "", out var from) ? time.GetUtcNow() + from : null;
}
