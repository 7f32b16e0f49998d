using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Tillkeeper.Core.Identifiers;

/// <summary>
/// Citizen identification number (公民身份号码) of the resident ID card, GB 11643-1999: region (6 digits, GB/T 2260),
/// birth date (8), sequence (3), check character of ISO 7064 MOD 11-2 (a digit or X). It is personal data: the number
/// itself comes out only by <see cref="Reveal"/>, everything else shows <see cref="Masked"/>.
/// </summary>
public sealed record ResidentId
{
    private const int Length = 18;
    private const int EarliestYear = 1800;
    private readonly string _number;

    private ResidentId(string number, DateOnly birthDate) =>
        (_number, BirthDate) = (number, birthDate);

    /// <summary>Digits 7 to 14.</summary>
    public DateOnly BirthDate { get; }

    /// <summary>The first 3 and the last 2 characters, 13 stars between: enough to compare, too little to use.</summary>
    public string Masked => $"{_number[..3]}{new string('*', Length - 5)}{_number[^2..]}";

    /// <summary>The 18 characters, for the sealed store only: never for a log, a message or a screen.</summary>
    public string Reveal() => _number;

    /// <summary>The masked form.</summary>
    public override string ToString() => Masked;

    /// <summary>
    /// Accepts full-width characters, a lower-case x, blanks and hyphens. <paramref name="problem"/> says what is
    /// wrong and what to do, never the number; it is empty on success.
    /// </summary>
    public static bool TryParse(
        string? text,
        DateOnly today,
        [NotNullWhen(true)] out ResidentId? id,
        out string problem
    )
    {
        var number = IdentifierText.Compact(text);
        problem = Problem(number, today, out var birthDate);
        id = problem.Length == 0 ? new ResidentId(number, birthDate) : null;
        return id is not null;
    }

    private static string Problem(string number, DateOnly today, out DateOnly birthDate)
    {
        birthDate = default;
        if (number.Length == 0)
        {
            return "The ID number is missing. Copy the 18 characters from the ID card.";
        }

        if (number.Length != Length)
        {
            return number.Length == 15 && number.All(char.IsAsciiDigit)
                ? "This is an old 15-digit ID number, no longer valid since 2013. Enter the 18 characters of the current ID card."
                : $"An ID number has 18 characters, this has {number.Length}. Copy it again from the ID card.";
        }

        if (
            number.AsSpan(0, 17).ContainsAnyExceptInRange('0', '9')
            || !(char.IsAsciiDigit(number[17]) || number[17] == 'X')
        )
        {
            return "An ID number is 17 digits and a last character that is a digit or X. Compare it with the ID card.";
        }

        if (!IsProvince(number[0], number[1]))
        {
            return "The first two digits are no province of China. Compare them with the ID card.";
        }

        if (
            !DateOnly.TryParseExact(
                number.AsSpan(6, 8),
                "yyyyMMdd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out birthDate
            )
            || birthDate.Year < EarliestYear
        )
        {
            return "Digits 7 to 14 are not a birth date (year, month, day). Compare them with the ID card.";
        }

        if (birthDate > today)
        {
            return "Digits 7 to 14 are a birth date in the future. Compare them with the ID card.";
        }

        return CheckCharacter(number) != number[17]
            ? "The last character does not fit the others, so one was mistyped or two were swapped. Compare all 18 with the ID card."
            : "";
    }

    /// <summary>ISO 7064 MOD 11-2: the weight of position i, counted from 1, is 2^(18-i) mod 11.</summary>
    internal static char CheckCharacter(ReadOnlySpan<char> number)
    {
        var remainder = 0;
        foreach (var c in number[..(Length - 1)])
        {
            remainder = (remainder + (c - '0')) * 2 % 11;
        }

        return "10X98765432"[remainder];
    }

    /// <summary>GB/T 2260, and 81 to 83 as on residence permits for people from Hong Kong, Macao and Taiwan.</summary>
    private static bool IsProvince(char first, char second) =>
        (first, second) switch
        {
            ('1', >= '1' and <= '5') => true,
            ('2', >= '1' and <= '3') => true,
            ('3', >= '1' and <= '7') => true,
            ('4', >= '1' and <= '6') => true,
            ('5', >= '0' and <= '4') => true,
            ('6', >= '1' and <= '5') => true,
            ('7', '1') => true,
            ('8', >= '1' and <= '3') => true,
            _ => false,
        };
}
