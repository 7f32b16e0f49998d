using System.Globalization;

namespace Tillkeeper.Cli.Output;

/// <summary>How long something has lasted, in the two units that matter.</summary>
internal static class Duration
{
    public static string InWords(TimeSpan span) =>
        span switch
        {
            { TotalSeconds: < 1 } => "0 s",
            { TotalMinutes: < 1 } => Text($"{span.Seconds} s"),
            { TotalHours: < 1 } => Text($"{span.Minutes} min {span.Seconds} s"),
            { TotalDays: < 1 } => Text($"{span.Hours} h {span.Minutes} min"),
            _ => Text($"{span.Days} d {span.Hours} h"),
        };

    private static string Text(FormattableString text) =>
        text.ToString(CultureInfo.InvariantCulture);
}
