using System.Globalization;
using System.Text;

namespace Tillkeeper.Agent.Screen.TextMode;

/// <summary>Text on a display of characters: Chinese takes two cells a character, an accent none.</summary>
internal static class Cells
{
    /// <summary>First and last code points that are two cells wide (Unicode TR 11, what a shop may show).</summary>
    private static readonly (int First, int Last)[] Wide =
    [
        (0x1100, 0x115F),
        (0x2E80, 0x303E),
        (0x3041, 0x33FF),
        (0x3400, 0x4DBF),
        (0x4E00, 0x9FFF),
        (0xA000, 0xA4CF),
        (0xAC00, 0xD7A3),
        (0xF900, 0xFAFF),
        (0xFE30, 0xFE6F),
        (0xFF00, 0xFF60),
        (0xFFE0, 0xFFE6),
        (0x1F300, 0x1FAFF),
        (0x20000, 0x3FFFD),
    ];

    /// <summary>Quotation marks and dots that Chinese displays draw two cells wide, and others one.</summary>
    private const string WideInChinese = "“”‘’…—·①②③";

    /// <summary>What no line begins with.</summary>
    private const string Closing = "，。；：、！？）】》”’,.;:!?)";

    public static int Of(Rune rune, bool chinese)
    {
        var category = Rune.GetUnicodeCategory(rune);
        if (
            category
            is UnicodeCategory.NonSpacingMark
                or UnicodeCategory.EnclosingMark
                or UnicodeCategory.Format
                or UnicodeCategory.Control
        )
        {
            return 0;
        }
        var value = rune.Value;
        var wide =
            Array.Exists(Wide, range => value >= range.First && value <= range.Last)
            || (
                chinese
                && rune.IsBmp
                && WideInChinese.Contains((char)value, StringComparison.Ordinal)
            );
        return wide ? 2 : 1;
    }

    public static int Of(string text, bool chinese) =>
        text.EnumerateRunes().Sum(r => Of(r, chinese));

    /// <summary>At most so many cells of it, filled up with blanks to exactly as many.</summary>
    public static string Fit(string text, int columns, bool chinese)
    {
        var kept = new StringBuilder();
        var used = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var width = Of(rune, chinese);
            if (used + width > columns)
            {
                break;
            }
            kept.Append(rune.ToString());
            used += width;
        }
        return kept.Append(' ', columns - used).ToString();
    }

    /// <summary>Lines of at most so many cells: between words where there are blanks, anywhere in Chinese but before a closing mark.</summary>
    public static IEnumerable<string> Wrap(string text, int columns, bool chinese)
    {
        var line = new StringBuilder();
        var used = 0;
        foreach (var piece in Pieces(text, columns, chinese))
        {
            var width = Of(piece, chinese);
            if (used > 0 && used + Of(piece.TrimEnd(), chinese) > columns)
            {
                yield return line.ToString().TrimEnd();
                line.Clear();
                used = 0;
            }
            line.Append(piece);
            used += width;
        }
        if (used > 0)
        {
            yield return line.ToString().TrimEnd();
        }
    }

    /// <summary>What stays together: a word with the blanks behind it, a Chinese character with the marks behind it.</summary>
    private static IEnumerable<string> Pieces(string text, int columns, bool chinese)
    {
        var piece = new StringBuilder();
        var last = default(Rune);
        foreach (var rune in text.EnumerateRunes())
        {
            if (piece.Length > 0 && MayBreak(last, rune, Of(piece.ToString(), chinese), columns))
            {
                yield return piece.ToString();
                piece.Clear();
            }
            piece.Append(rune.ToString());
            last = rune;
        }
        if (piece.Length > 0)
        {
            yield return piece.ToString();
        }
    }

    private static bool MayBreak(Rune before, Rune after, int length, int columns)
    {
        var closes = after.IsBmp && Closing.Contains((char)after.Value, StringComparison.Ordinal);
        if (length >= columns - 1)
        {
            // A word longer than the line is broken somewhere.
            return !closes || length >= columns;
        }
        if (closes || after.Value == ' ')
        {
            return false;
        }
        return before.Value == ' ' || Of(before, false) == 2 || Of(after, false) == 2;
    }
}
