using System.Security.Cryptography;
using System.Text;
using Tillkeeper.Agent.LocalApi;
using Tillkeeper.Core;
using Tillkeeper.Core.Codes;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Identifiers;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Agent.Sensors.CustomerPin;

/// <summary>
/// What the payment program says of the end of a transaction: <c>{outcome?, responseCode?, cardRef?}</c>. The reference only tells cards
/// apart. It stays here; the journal holds a hash of it under this terminal's own key, which means nothing anywhere else.
/// </summary>
/// <param name="Card">The keyed hash; null when no reference was given, or none that may be.</param>
/// <param name="Refusal">What must not be said again. The transaction has ended all the same.</param>
internal sealed record SaleReport(SaleOutcome Outcome, string? Card, Refusal? Refusal)
{
    private const int LongestReference = 200;
    private const int ShortestHash = 32;

    /// <summary>Nothing was said.</summary>
    public static SaleReport Silent { get; } = new(SaleOutcome.Unknown, null, null);

    public static SaleReport Read(TypedBody typed, ReadOnlySpan<byte> terminalSecret)
    {
        var outcome = OutcomeOf(typed);
        if (typed.Text("cardRef") is not { Length: > 0 } reference)
        {
            return new SaleReport(outcome, null, null);
        }
        if (Check(reference) is { } wrong)
        {
            return new SaleReport(outcome, null, wrong);
        }
        return new SaleReport(outcome, Hash(reference, terminalSecret), null);
    }

    /// <summary>A word of ours, or the response code of ISO 8583 field 39; anything else leaves it open.</summary>
    private static SaleOutcome OutcomeOf(TypedBody typed) =>
        Words.TryParse<SaleOutcome>(typed.Text("outcome"), out var outcome)
            ? outcome
            : typed.Text("responseCode") switch
            {
                "00" => SaleOutcome.Approved,
                "55" => SaleOutcome.WrongPin,
                "75" or "38" => SaleOutcome.PinTriesExceeded,
                { Length: 2 } => SaleOutcome.Declined,
                _ => SaleOutcome.Unknown,
            };

    private static Refusal? Check(string reference)
    {
        if (reference.Length > LongestReference)
        {
            return Refusal.Invalid("cardRef", $"Use at most {LongestReference} characters.");
        }
        return !IsHash(reference) && CardNumbers.LooksLikePan(reference)
            ? Refusal.Invalid(
                "cardRef",
                "It looks like a card number. Send a token or a keyed hash that tells cards apart, and never the number."
            )
            : null;
    }

    /// <summary>In a long word of hexadecimal digits one in a hundred holds, by chance, what would pass for a card number.</summary>
    private static bool IsHash(string reference) =>
        reference.Length >= ShortestHash
        && reference.All(char.IsAsciiHexDigit)
        && reference.Any(char.IsAsciiLetter);

    private static string Hash(string reference, ReadOnlySpan<byte> terminalSecret) =>
        Crockford.Id(
            HMACSHA256.HashData(
                terminalSecret,
                Encoding.UTF8.GetBytes("tillkeeper/card/v1\0" + reference)
            )
        );
}
