using System.Globalization;

namespace Tillkeeper.Core.Identifiers;

/// <summary>A run of digits: where it is in the text, where among all digits, whether only separators part it from the
/// one before, and whether it belongs to an identity number.</summary>
internal readonly record struct DigitGroup(
    int Start,
    int End,
    int FirstDigit,
    bool Continues,
    bool IsIdentity
)
{
    public int Count => End - Start;
}

/// <summary>Cuts a text into groups of digits, in one pass.</summary>
internal static class DigitGroups
{
    private const int MaxSeparators = 3;

    /// <summary>The value of a decimal digit of any script, full-width ones among them; -1 for everything else.</summary>
    public static int DigitValue(char c)
    {
        if (char.IsAscii(c))
        {
            return char.IsAsciiDigit(c) ? c - '0' : -1;
        }

        return CharUnicodeInfo.GetDecimalDigitValue(c);
    }

    public static (List<DigitGroup> Groups, List<char> Digits) Cut(ReadOnlySpan<char> text)
    {
        var (groups, digits) = (new List<DigitGroup>(), new List<char>());
        var position = 0;
        while (position < text.Length)
        {
            var start = position;
            var firstDigit = digits.Count;
            while (position < text.Length && DigitValue(text[position]) is var value and >= 0)
            {
                digits.Add((char)('0' + value));
                position++;
            }

            if (position == start)
            {
                position++;
                continue;
            }

            var continues = groups.Count > 0 && AreSeparators(text[groups[^1].End..start]);
            var isIdentity = CardNumberRules.IsInsideIdentity(text, start, position);
            groups.Add(new DigitGroup(start, position, firstDigit, continues, isIdentity));
        }

        return (groups, digits);
    }

    private static bool AreSeparators(ReadOnlySpan<char> between)
    {
        if (between.Length > MaxSeparators)
        {
            return false;
        }

        foreach (var c in between)
        {
            var category = char.GetUnicodeCategory(IdentifierText.ToHalfWidth(c));
            if (
                IdentifierText.ToHalfWidth(c) != '.'
                && !IdentifierText.IsDash(c)
                && category is not (UnicodeCategory.SpaceSeparator or UnicodeCategory.Format)
            )
            {
                return false;
            }
        }

        return true;
    }
}
