using System.Text.Json.Serialization;

namespace Tillkeeper.Core.Identifiers;

/// <summary>What kind of number proves who a merchant is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<IdentityKind>))]
public enum IdentityKind
{
    /// <summary>统一社会信用代码, see <see cref="UnifiedCreditCode"/>.</summary>
    [JsonStringEnumMemberName("credit_code")]
    CreditCode,

    /// <summary>居民身份证, see <see cref="Identifiers.ResidentId"/>.</summary>
    [JsonStringEnumMemberName("resident_id")]
    ResidentId,

    /// <summary>Passports, permits, registrations of other countries: no check is possible.</summary>
    [JsonStringEnumMemberName("other")]
    Other,
}

/// <summary>One door for the identity numbers of all kinds, so that two spellings of one number are one number.</summary>
public static class LegalIdentity
{
    private const int MinOther = 4;
    private const int MaxOther = 40;

    /// <summary>
    /// The number in the one form that is stored, sealed, and compared. <paramref name="problem"/> says what is wrong
    /// and what to do, never the number; it is empty on success, and the number is empty on failure.
    /// </summary>
    public static bool TryNormalise(
        IdentityKind kind,
        string? number,
        DateOnly today,
        out string normalised,
        out string problem
    )
    {
        normalised = "";
        switch (kind)
        {
            case IdentityKind.CreditCode:
                normalised = UnifiedCreditCode.TryParse(number, out var code, out problem)
                    ? code.Value
                    : "";
                break;
            case IdentityKind.ResidentId:
                normalised = ResidentId.TryParse(number, today, out var id, out problem)
                    ? id.Reveal()
                    : "";
                break;
            case IdentityKind.Other:
                var compact = IdentifierText.Compact(number);
                problem = OtherProblem(compact);
                normalised = problem.Length == 0 ? compact : "";
                break;
            default:
                problem =
                    "This kind of identity is not known. Choose credit code, resident ID or other.";
                break;
        }

        return problem.Length == 0;
    }

    private static string OtherProblem(string compact)
    {
        if (compact.Length == 0)
        {
            return "The number is missing. Copy it from the document.";
        }

        if (compact.Length is < MinOther or > MaxOther)
        {
            return $"A document number has {MinOther} to {MaxOther} characters, this has {compact.Length}. Copy it again from the document.";
        }

        return compact.All(c => char.IsLetterOrDigit(c) || c is '(' or ')' or '/' or '.')
            ? ""
            : "A document number has only letters, digits, brackets, slashes and dots. Copy it again from the document.";
    }
}
