using System.Text.RegularExpressions;

namespace Tillkeeper.Core.Identifiers;

/// <summary>
/// Finds what of a card must never be written down: its number (<see cref="CardNumbers"/>) and the three or four digits of its security
/// code (CVV, CVC, CVN; PCI DSS 3.3.1.2), which only their name gives away. In doubt it says yes: whoever writes a note writes it anew.
/// </summary>
public static partial class CardSecrets
{
    private const int MostMilliseconds = 200;

    /// <summary>Whether a card number or a security code is anywhere in the text.</summary>
    public static bool LooksLikeAny(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return CardNumbers.LooksLikePan(text) || SecurityCode().IsMatch(text);
    }

    [GeneratedRegex(
        @"(cvv|cvc|cvn|cvd|csc|security\s?code|安全码|校验码|后三位|背面)\s?2?\D{0,8}(\d[\s.-]?){2,3}\d(?!\d)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        MostMilliseconds
    )]
    private static partial Regex SecurityCode();
}
