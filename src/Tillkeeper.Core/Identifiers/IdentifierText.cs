using System.Globalization;

namespace Tillkeeper.Core.Identifiers;

/// <summary>What every identifier typed or pasted by a person needs before it can be judged.</summary>
internal static class IdentifierText
{
    /// <summary>Full-width ASCII (U+FF01..U+FF5E) and the ideographic space, as Chinese input methods type them.</summary>
    public static char ToHalfWidth(char c) =>
        c switch
        {
            >= '\uFF01' and <= '\uFF5E' => (char)(c - 0xFEE0),
            '\u3000' => ' ',
            _ => c,
        };

    /// <summary>Half-width and upper-case. Only ASCII letters change case, so no foreign letter turns into one.</summary>
    public static char ToPlain(char c)
    {
        var half = ToHalfWidth(c);
        return char.IsAsciiLetterLower(half) ? (char)(half - 'a' + 'A') : half;
    }

    /// <summary>White space, control and zero-width characters: what an eye cannot tell from nothing.</summary>
    public static bool IsBlank(char c) =>
        char.IsWhiteSpace(c)
        || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.Control;

    public static bool IsDash(char c) =>
        c is '\u2212' || char.GetUnicodeCategory(c) is UnicodeCategory.DashPunctuation;

    /// <summary>Half-width, upper-case, without blanks and dashes anywhere.</summary>
    public static string Compact(string? text) =>
        string.Concat((text ?? "").Where(c => !IsBlank(c) && !IsDash(c)).Select(ToPlain));

    /// <summary>Half-width, upper-case, without blanks at either end; what is inside stays to be judged.</summary>
    public static string Trim(string? text)
    {
        var span = (text ?? "").AsSpan();
        while (span.Length > 0 && IsBlank(span[0]))
        {
            span = span[1..];
        }

        while (span.Length > 0 && IsBlank(span[^1]))
        {
            span = span[..^1];
        }

        return string.Create(
            span.Length,
            span,
            static (to, from) =>
            {
                for (var i = 0; i < to.Length; i++)
                {
                    to[i] = ToPlain(from[i]);
                }
            }
        );
    }
}
