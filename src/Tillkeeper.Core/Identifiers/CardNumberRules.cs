namespace Tillkeeper.Core.Identifiers;

/// <summary>Which digits are a card number, and which only look like one.</summary>
internal static class CardNumberRules
{
    public const int MinDigits = 12;
    public const int MaxDigits = 19;
    public const int IdentityLength = 18;

    private static readonly DateOnly LatestBirth = new(2099, 12, 31);

    public static bool IsCardNumber(ReadOnlySpan<char> digits) =>
        digits.Length is >= MinDigits and <= MaxDigits
        && BeginsLikeCard(digits)
        && PassesLuhn(digits)
        && !IsDeviceOrPhone(digits);

    /// <summary>
    /// Whether the digits are part of a word of 18 letters and digits that is itself a valid credit code or resident
    /// ID. A tenth of those would pass Luhn by chance.
    /// </summary>
    public static bool IsInsideIdentity(ReadOnlySpan<char> text, int start, int end)
    {
        if (end - start is < MinDigits or > IdentityLength)
        {
            return false;
        }

        while (start > 0 && end - start <= IdentityLength && IsLetter(text[start - 1]))
        {
            start--;
        }

        while (end < text.Length && end - start <= IdentityLength && IsLetter(text[end]))
        {
            end++;
        }

        return end - start == IdentityLength && IsIdentity(text[start..end]);
    }

    /// <summary>Resident IDs of people who can be alive or on paper, so that few card numbers look like one.</summary>
    public static bool IsResidentId(ReadOnlySpan<char> number) =>
        ResidentId.TryParse(number.ToString(), LatestBirth, out _, out _);

    private static bool IsLetter(char c) =>
        char.IsAsciiLetterOrDigit(IdentifierText.ToHalfWidth(c));

    /// <summary>Credit codes only of the authorities that merchants come from: companies and traders (9), associations
    /// (51 to 53), law firms (31). Any other number is more likely a card, UnionPay 62 and 81 above all.</summary>
    private static bool IsIdentity(ReadOnlySpan<char> word) =>
        IsResidentId(word)
        || (
            UnifiedCreditCode.TryParse(word.ToString(), out var code, out _)
            && code.Value[..2] is ("91" or "92" or "93" or "51" or "52" or "53" or "31")
        );

    /// <summary>
    /// ISO/IEC 7812 major industries in use for payment: 21 to 27 (Mastercard, Mir; 20 begins dates, not cards), 3 to
    /// 6 (UnionPay 62 among them), 8 (UnionPay 81, old cards of Chinese banks) and 9 (national).
    /// </summary>
    private static bool BeginsLikeCard(ReadOnlySpan<char> digits) =>
        digits[0] is (>= '3' and <= '6') or '8' or '9'
        || (digits[0] == '2' && digits[1] is >= '1' and <= '7');

    /// <summary>
    /// What a terminal's case is full of and no scheme issues: IMEI (15 digits beginning 35, 86 or 99, Luhn by
    /// design, 3GPP TS 23.003), SIM cards (8986, ITU-T E.118), mobile numbers with the country code 86.
    /// </summary>
    private static bool IsDeviceOrPhone(ReadOnlySpan<char> digits) =>
        digits.Length switch
        {
            13 => digits.StartsWith("861"),
            15 => digits.StartsWith("35") || digits.StartsWith("86") || digits.StartsWith("99"),
            19 => digits.StartsWith("8986"),
            _ => false,
        };

    private static bool PassesLuhn(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var value = digits[^(i + 1)] - '0';
            sum += i % 2 == 0 ? value : (value * 2 / 10) + (value * 2 % 10);
        }

        return sum % 10 == 0;
    }
}
