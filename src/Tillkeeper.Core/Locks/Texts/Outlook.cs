using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Core.Locks.Texts;

/// <summary>
/// Who acts next and until when. A time is named only where the terminal counts it down or the lock carries it, and one that was
/// missed is said to be missed (B6).
/// </summary>
internal static class Outlook
{
    public static string Of(LockTexts texts, Lock l, ExplanationContext context)
    {
        if (l.Status == LockStatus.Releasing)
        {
            return texts["next.releasing"];
        }
        return l.WaysOut.Contains(WayOut.Wait)
            ? Waiting(texts, l, context)
            : texts.Sentences(Acting(texts, l), Progress(texts, l), Expected(texts, l, context));
    }

    private static string Waiting(LockTexts texts, Lock l, ExplanationContext context)
    {
        if (context.Remaining is not { } remaining)
        {
            // Seen from afar: only what the terminal said when it began.
            return Expected(texts, l, context) ?? texts["next.wait_unknown"];
        }
        return remaining > TimeSpan.Zero
            ? texts.Format(
                "next.wait",
                Clock(context.Now + remaining, context.Now),
                Left(texts, remaining)
            )
            : texts["next.wait_now"];
    }

    /// <summary>It ends by itself, or somebody ends it.</summary>
    private static string Acting(LockTexts texts, Lock l) =>
        l.WaysOut.Where(way => way is WayOut.SignIn or WayOut.MaintenanceDone or WayOut.Reconnect)
            .Select(way => texts[$"next.{Words.Of(way)}"])
            .FirstOrDefault()
        ?? texts.Find($"{Words.Of(l.Cause)}.next")
        ?? texts["next.support"];

    private static string? Progress(LockTexts texts, Lock l) =>
        l.Progress is { } percent ? texts.Format("next.progress", percent) : null;

    private static string? Expected(LockTexts texts, Lock l, ExplanationContext context)
    {
        if (l.ExpectedEnd is not { } end)
        {
            return null;
        }
        var left = end - context.Now;
        return left > TimeSpan.Zero
            ? texts.Format("next.expected", Clock(end, context.Now), Left(texts, left))
            : texts.Format("next.overdue", Clock(end, context.Now));
    }

    /// <summary>The shop's time of day, 24 hours, rounded up to the minute; with the date when it is not today's.</summary>
    private static string Clock(DateTimeOffset end, DateTimeOffset now)
    {
        var local = end.ToOffset(now.Offset);
        var over = local.Ticks % TimeSpan.TicksPerMinute;
        var shown = over == 0 ? local : local.AddTicks(TimeSpan.TicksPerMinute - over);
        return shown.ToString(
            shown.Date == now.Date ? "HH:mm" : "yyyy-MM-dd HH:mm",
            System.Globalization.CultureInfo.InvariantCulture
        );
    }

    private static string Left(LockTexts texts, TimeSpan left)
    {
        var minutes = (long)Math.Ceiling(left.TotalMinutes);
        return minutes switch
        {
            1 => texts["left.minute"],
            < 120 => texts.Format("left.minutes", minutes),
            _ => texts.Format("left.hours", minutes / 60, minutes % 60),
        };
    }
}
