using System.Globalization;
using System.Text;

namespace Tillkeeper.Core.Identifiers;

/// <summary>
/// The key under which an operator's wrong passcodes are counted. Two spellings of one name share one key, so nobody
/// gains guesses by typing another one: NFKC (Unicode Annex 15), case folded, without blanks and invisible characters.
/// Digits stay as they are: "03" is not "3". The result depends on the Unicode tables of the runtime, so a key is
/// compared, never signed.
/// </summary>
public static class OperatorName
{
    /// <summary>UTF-16 units, after normalisation.</summary>
    public const int MaxLength = 64;

    /// <summary>No name needs more, and normalising is not cheap: longer input is refused unread.</summary>
    private const int MaxRawLength = 1024;

    /// <summary>Two rounds settle every known name; the bound only keeps a stranger from buying more.</summary>
    private const int MaxRounds = 8;

    /// <summary>False when nothing is left, or more than <see cref="MaxLength"/>; such a name is never looked up.</summary>
    public static bool TryNormalise(string? text, out string normalised)
    {
        normalised = text is null || text.Length > MaxRawLength ? "" : Normalise(text);
        if (normalised.Length > MaxLength)
        {
            normalised = "";
        }

        return normalised.Length > 0;
    }

    /// <summary>
    /// Never throws on any text, and Normalise(Normalise(x)) == Normalise(x): each step may make room for another
    /// (a removed joiner lets two characters compose), so they are repeated until nothing changes.
    /// </summary>
    public static string Normalise(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var current = text;
        for (var round = 0; round < MaxRounds; round++)
        {
            var next = Fold(WithoutInvisible(current).Normalize(NormalizationForm.FormKC));
            if (string.Equals(next, current, StringComparison.Ordinal))
            {
                break;
            }

            current = next;
        }

        return current;
    }

    /// <summary>Up and then down, because several small letters share one capital (σ ς) and the other way round (k K).
    /// The dotted and dotless i and the sharp s are left alone by the invariant culture, so they are named.</summary>
    private static string Fold(string text) =>
        text.ToUpperInvariant()
            .Normalize(NormalizationForm.FormKC)
            .Replace('\u0130', 'I')
            .Replace('\u0131', 'I')
            .ToLowerInvariant()
            .Replace("\u00DF", "ss", StringComparison.Ordinal);

    /// <summary>Lone surrogates become U+FFFD here, which is what lets the normaliser accept any text. Full-width is
    /// folded here too, because without ICU the runtime normalises nothing and says nothing.</summary>
    private static string WithoutInvisible(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes().Where(rune => !IsInvisible(rune)))
        {
            result.Append(
                rune.IsBmp ? new Rune(IdentifierText.ToHalfWidth((char)rune.Value)) : rune
            );
        }

        return result.ToString();
    }

    private static bool IsInvisible(Rune rune) =>
        Rune.IsWhiteSpace(rune)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
        || rune.Value
            is 0x034F // The rest of Default_Ignorable_Code_Point (Unicode, DerivedCoreProperties): joiners,
                or 0x115F // fillers and variation selectors that count as letters or marks,
                or 0x1160
                or 0x17B4
                or 0x17B5
                or (>= 0x180B and <= 0x180F)
                or 0x2065
                or 0x3164
                or (>= 0xFE00 and <= 0xFE0F)
                or 0xFFA0
                or (>= 0xFFF0 and <= 0xFFF8)
                or (>= 0xE0000 and <= 0xE0FFF)
                or 0x2800 // the blank braille pattern,
                or (>= 0xFDD0 and <= 0xFDEF)
        || (rune.Value & 0xFFFE) == 0xFFFE; // and noncharacters, some of which the normaliser refuses.
}
