using Tillkeeper.Core;
using Tillkeeper.Core.Identifiers;

namespace Tillkeeper.Server.Http;

/// <summary>Checks of single fields that many requests share; a refusal names the field and the remedy.</summary>
internal static class Check
{
    private const int LongestName = 120;
    private const int LongestText = 1000;

    public static Refusal? Name(string? value, string field) => Required(value, field, LongestName);

    public static Refusal? Text(string? value, string field) => Required(value, field, LongestText);

    public static Refusal? Optional(string? value, string field) =>
        string.IsNullOrEmpty(value) ? null : Required(value, field, LongestText);

    private static Refusal? Required(string? value, string field, int longest)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            return Refusal.Invalid(field, $"'{field}' is required.");
        }
        if (value.Length > longest)
        {
            return Refusal.Invalid(field, $"'{field}' is longer than {longest} characters.");
        }
        return CardNumbers.LooksLikePan(value)
            ? Refusal.Invalid(
                field,
                $"'{field}' looks like it holds a card number; leave card numbers out."
            )
            : null;
    }
}
