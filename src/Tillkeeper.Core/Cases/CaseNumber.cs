namespace Tillkeeper.Core.Cases;

/// <summary>
/// The number of a case on the telephone: seven digits, the last a check digit (Luhn, ISO/IEC 7812-1 annex B), so that one misheard digit
/// or two exchanged ones find no other shop's case.
/// </summary>
public static class CaseNumber
{
    public const int Length = 7;

    /// <summary>How many numbers there are.</summary>
    public const int Count = 1_000_000;

    /// <param name="drawn">0 to <see cref="Count"/> - 1.</param>
    public static string From(int drawn)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(drawn);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(drawn, Count);
        var digits = drawn.ToString("D6", System.Globalization.CultureInfo.InvariantCulture);
        var check = (10 - (Sum(digits + "0") % 10)) % 10;
        return $"{digits}{check}";
    }

    /// <summary>The number as it is kept: spaces and hyphens dropped; null when it cannot be one.</summary>
    public static string? Read(string? typed)
    {
        if (typed is null or { Length: > 20 })
        {
            return null;
        }
        var digits = string.Concat(typed.Where(c => c is not (' ' or '-')));
        return digits.Length == Length && digits.All(char.IsAsciiDigit) && Sum(digits) % 10 == 0
            ? digits
            : null;
    }

    private static int Sum(string digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            var counted = i % 2 == 0 ? digit : digit * 2;
            sum += counted > 9 ? counted - 9 : counted;
        }
        return sum;
    }
}
