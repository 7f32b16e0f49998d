using System.Text;

namespace Tillkeeper.Core.Identifiers;

/// <summary>
/// Finds card numbers (PAN, ISO/IEC 7812-1: 12 to 19 digits, the last by Luhn) in free text, so that none gets into
/// the log, a log file or a case. Spaces, hyphens and dots between the digits and full-width digits do not hide one.
/// Where it is in doubt it masks: a false alarm costs some stars in a note.
/// </summary>
public static class CardNumbers
{
    private const int ShownFirst = 6;
    private const int ShownLast = 4;

    /// <summary>Whether a card number is anywhere in the text, that is, whether <see cref="Mask"/> would change it.</summary>
    public static bool LooksLikePan(ReadOnlySpan<char> text) => CardNumberScan.Find(text).Count > 0;

    /// <summary>The text with every card number shortened to first6****last4 (PCI DSS 3.4.1); the rest is untouched.</summary>
    public static string Mask(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var found = CardNumberScan.Find(text);
        if (found.Count == 0)
        {
            return text;
        }

        var result = new StringBuilder(text.Length);
        var copied = 0;
        foreach (var (start, end) in found)
        {
            result.Append(text, copied, start - copied);
            AppendMasked(result, text.AsSpan(start, end - start));
            copied = end;
        }

        return result.Append(text, copied, text.Length - copied).ToString();
    }

    private static void AppendMasked(StringBuilder result, ReadOnlySpan<char> cardNumber)
    {
        var digits = new StringBuilder(cardNumber.Length);
        foreach (var c in cardNumber)
        {
            if (DigitGroups.DigitValue(c) is var value and >= 0)
            {
                digits.Append((char)('0' + value));
            }
        }

        result
            .Append(digits, 0, ShownFirst)
            .Append("****")
            .Append(digits, digits.Length - ShownLast, ShownLast);
    }
}
