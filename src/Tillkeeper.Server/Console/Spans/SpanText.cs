using Tillkeeper.Server.Console.Texts;

namespace Tillkeeper.Server.Console.Spans;

/// <summary>How long something took or takes, in the two largest units that say anything.</summary>
internal static class SpanText
{
    public static string Of(TimeSpan? span, Phrases say)
    {
        if (span is not { } known)
        {
            return "—";
        }
        var length = known.Duration();
        return length switch
        {
            { TotalDays: >= 1 } => say["spans.days", length.Days, length.Hours],
            { TotalHours: >= 1 } => say["spans.hours", length.Hours, length.Minutes],
            { TotalMinutes: >= 1 } => say["spans.minutes", length.Minutes, length.Seconds],
            _ => say["spans.seconds", length.Seconds],
        };
    }
}
