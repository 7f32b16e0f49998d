using System.Text;
using System.Text.Json.Serialization;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Core.Identifiers;

/// <summary>How alike what somebody presents is to what is on file. It never tells what is on file.</summary>
[JsonConverter(typeof(SnakeCaseEnum<Likeness>))]
public enum Likeness
{
    Match,

    /// <summary>One slip away: a character misread, left out or two exchanged. Look again.</summary>
    Near,
    Differs,

    /// <summary>Nothing was presented, or nothing is on file.</summary>
    Missing,
}

/// <summary>Compares texts as people and readers of cards write them.</summary>
public static class Likenesses
{
    private const int Longest = 200;

    // In shorter texts one character is too much of the whole: the last digits of an account, a name of two characters.
    private const int ShortestNear = 3;

    /// <param name="exact">True where one slip is as wrong as ten, such as the last digits of an account.</param>
    public static Likeness Of(string? presented, string? onFile, bool exact = false)
    {
        var (a, b) = (Plain(presented), Plain(onFile));
        if (a.Length == 0 || b.Length == 0)
        {
            return Likeness.Missing;
        }
        if (a.Equals(b, StringComparison.Ordinal))
        {
            return Likeness.Match;
        }
        return !exact && Math.Min(a.Length, b.Length) >= ShortestNear && IsOneSlip(a, b)
            ? Likeness.Near
            : Likeness.Differs;
    }

    /// <summary>Without width, case, spaces and punctuation: full-width brackets are the same as half-width ones.</summary>
    private static string Plain(string? text) =>
        text is null
            ? ""
            : string.Concat(
                text[..Math.Min(text.Length, Longest)]
                    .Normalize(NormalizationForm.FormKC)
                    .Where(char.IsLetterOrDigit)
                    .Select(char.ToUpperInvariant)
            );

    /// <summary>One replaced, added or missing character, or two neighbours exchanged.</summary>
    private static bool IsOneSlip(string a, string b)
    {
        var from = 0;
        while (from < a.Length && from < b.Length && a[from] == b[from])
        {
            from++;
        }
        var (x, y) = (a[from..], b[from..]);
        if (x.Length == y.Length)
        {
            return x[1..] == y[1..]
                || (x.Length > 1 && x[0] == y[1] && x[1] == y[0] && x[2..] == y[2..]);
        }
        return x.Length == y.Length + 1 ? x[1..] == y : y.Length == x.Length + 1 && y[1..] == x;
    }
}
