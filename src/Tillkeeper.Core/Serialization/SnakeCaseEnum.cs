using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tillkeeper.Core.Serialization;

/// <summary>Writes an enum as the snake_case word that the contract and the screens use.</summary>
public sealed class SnakeCaseEnum<T>()
    : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower, false)
    where T : struct, Enum;

/// <summary>Words of an enum, both ways, for query strings, tables and set values.</summary>
public static class Words
{
    /// <summary>The snake_case word of a value, e.g. <c>card_payment</c>.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    /// <summary>The value of a snake_case word; false for anything else, numbers included.</summary>
    public static bool TryParse<T>(string? word, out T value)
        where T : struct, Enum
    {
        foreach (var candidate in Enum.GetValues<T>())
        {
            if (Of(candidate).Equals(word, StringComparison.Ordinal))
            {
                value = candidate;
                return true;
            }
        }
        value = default;
        return false;
    }

    /// <summary>Every word of an enum, in its order: what a refusal offers as the remedy.</summary>
    public static string All<T>()
        where T : struct, Enum => string.Join(", ", Enum.GetValues<T>().Select(Of));
}
