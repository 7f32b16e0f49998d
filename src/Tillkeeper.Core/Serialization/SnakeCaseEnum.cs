using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tillkeeper.Core.Serialization;

/// <summary>
/// Writes an enum as the snake_case word that the contract and the screens use, and reads exactly that word. The framework's own
/// converter would also take the CLR name, blanks around it, and "a,b" as a value that is neither.
/// </summary>
public sealed class SnakeCaseEnum<T> : JsonConverter<T>
    where T : struct, Enum
{
    public override T Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    ) => Parse(reader.TokenType == JsonTokenType.String ? reader.GetString() : null);

    public override T ReadAsPropertyName(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    ) => Parse(reader.GetString());

    public override void WriteAsPropertyName(
        Utf8JsonWriter writer,
        T value,
        JsonSerializerOptions options
    ) => writer.WritePropertyName(Words.Of(value));

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Words.Of(value));

    private static T Parse(string? word) =>
        Words.TryParse<T>(word, out var value)
            ? value
            : throw new JsonException($"'{word}' is not one of: {Words.All<T>()}");
}

/// <summary>Words of an enum, both ways, for query strings, tables and set values.</summary>
public static class Words
{
    /// <summary>The snake_case word of a value, e.g. <c>card_payment</c>.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum => Cache<T>.Words[value];

    /// <summary>The value of a snake_case word; false for anything else, numbers included.</summary>
    public static bool TryParse<T>(string? word, out T value)
        where T : struct, Enum
    {
        value = default;
        return word is not null && Cache<T>.Values.TryGetValue(word, out value);
    }

    /// <summary>Every word of an enum, in its order: what a refusal offers as the remedy.</summary>
    public static string All<T>()
        where T : struct, Enum => string.Join(", ", Enum.GetValues<T>().Select(Of));

    private static class Cache<T>
        where T : struct, Enum
    {
        public static readonly FrozenDictionary<T, string> Words = Enum.GetValues<T>()
            .ToFrozenDictionary(
                v => v,
                v => JsonNamingPolicy.SnakeCaseLower.ConvertName(v.ToString())
            );

        public static readonly FrozenDictionary<string, T> Values = Words.ToFrozenDictionary(
            w => w.Value,
            w => w.Key,
            StringComparer.Ordinal
        );
    }
}
