namespace Tillkeeper.Agent.Screen.TextMode;

/// <summary>How long ago, or how much longer, in the coarsest unit that says enough.</summary>
internal static class Ages
{
    private const long TwoMinutes = 120;
    private const long TwoHours = 7200;

    public static string Say(ScreenTexts texts, long seconds)
    {
        var count = Math.Max(0, seconds);
        if (count < TwoMinutes)
        {
            return texts["age.seconds", ("count", count)];
        }
        return count < TwoHours
            ? texts["age.minutes", ("count", count / 60)]
            : texts["age.hours", ("count", count / 3600)];
    }
}
