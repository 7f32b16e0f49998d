using System.Diagnostics.CodeAnalysis;

namespace Tillkeeper.Core.Identifiers;

/// <summary>
/// Unified social credit code (统一社会信用代码), GB 32100-2015, clause 4: 18 characters out of 0-9 and A-Z without
/// I O S V Z. Registering authority (1), kind of organisation (1), region (6 digits, GB/T 2260), organisation code
/// (9, GB 11714), check character (1). It is printed on every business licence and is no secret.
/// </summary>
public sealed record UnifiedCreditCode
{
    internal const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private const int Length = 18;

    private UnifiedCreditCode(string value) => Value = value;

    /// <summary>18 characters, half-width, upper-case, nothing between them.</summary>
    public string Value { get; }

    /// <inheritdoc/>
    public override string ToString() => Value;

    /// <summary>
    /// Accepts full-width and lower-case characters, blanks and hyphens, and verifies both check characters.
    /// <paramref name="problem"/> says what is wrong and what to do, never the number; it is empty on success.
    /// </summary>
    public static bool TryParse(
        string? text,
        [NotNullWhen(true)] out UnifiedCreditCode? code,
        out string problem
    )
    {
        var value = IdentifierText.Compact(text);
        problem = Problem(value);
        code = problem.Length == 0 ? new UnifiedCreditCode(value) : null;
        return code is not null;
    }

    private static string Problem(string value)
    {
        if (value.Length == 0)
        {
            return "The credit code is missing. Copy the 18 characters from the business licence.";
        }

        if (value.Length != Length)
        {
            return value.Length == 15 && value.All(char.IsAsciiDigit)
                ? "This is an old 15-digit registration number. Enter the 18-character credit code from the current licence."
                : $"A credit code has 18 characters, this has {value.Length}. Copy it again from the business licence.";
        }

        var stranger = value.AsSpan().IndexOfAnyExcept(Alphabet);
        if (stranger >= 0)
        {
            return $"Character {stranger + 1} cannot occur in a credit code: only digits and capital letters without I, O, S, V and Z do. Look for 1, 0, 5, U or 2 instead.";
        }

        if (value.AsSpan(2, 6).ContainsAnyExceptInRange('0', '9'))
        {
            return "Characters 3 to 8 of a credit code are digits, the region. Compare them with the business licence.";
        }

        if (CheckCharacter(value) != value[^1])
        {
            return "The last character does not fit the others, so one was mistyped or two were swapped. Compare all 18 with the business licence.";
        }

        return OrganisationCode.CheckCharacter(value.AsSpan(8, 8)) != value[16]
            ? "The organisation code inside (characters 9 to 17) fails its own check. Compare them with the business licence."
            : "";
    }

    /// <summary>Annex A: the weight of position i is 3^(i-1) mod 31, and the weighted sum is 0 mod 31.</summary>
    internal static char CheckCharacter(ReadOnlySpan<char> code)
    {
        var (sum, weight) = (0, 1);
        foreach (var c in code[..(Length - 1)])
        {
            sum += weight * Alphabet.IndexOf(c, StringComparison.Ordinal);
            weight = weight * 3 % 31;
        }

        return Alphabet[(31 - (sum % 31)) % 31];
    }
}
