using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Xml;

namespace Tillkeeper.Core.Serialization;

/// <summary>Times as RFC 3339 in UTC with milliseconds, e.g. <c>2026-03-01T08:30:00.000Z</c>.</summary>
public sealed class UtcTimeJson : JsonConverter<DateTimeOffset>
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public static string Write(DateTimeOffset value) =>
        value.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    public override DateTimeOffset Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    ) =>
        reader.TokenType == JsonTokenType.String
        && HasOffset(reader.GetString()!)
        && reader.TryGetDateTimeOffset(out var value)
            ? value.ToUniversalTime()
            : throw new JsonException("expected a time such as 2026-03-01T08:30:00Z (RFC 3339)");

    /// <summary>Without one, the framework would take the time zone of the machine it happens to run on.</summary>
    private static bool HasOffset(string text) =>
        text.Length >= "2026-03-01T08:30:00Z".Length && (text[^1] == 'Z' || text[^6] is '+' or '-');

    public override void Write(
        Utf8JsonWriter writer,
        DateTimeOffset value,
        JsonSerializerOptions options
    ) => writer.WriteStringValue(Write(value));
}

/// <summary>Durations as ISO 8601, e.g. <c>PT30M</c>.</summary>
public sealed class IsoDurationJson : JsonConverter<TimeSpan>
{
    public override TimeSpan Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    ) =>
        reader.TokenType == JsonTokenType.String && TryParse(reader.GetString(), out var value)
            ? value
            : throw new JsonException("expected a duration such as PT30M (ISO 8601)");

    public override void Write(
        Utf8JsonWriter writer,
        TimeSpan value,
        JsonSerializerOptions options
    ) => writer.WriteStringValue(XmlConvert.ToString(value));

    /// <summary>Parses an ISO 8601 duration; false for anything else, a negative one included.</summary>
    public static bool TryParse(string? text, out TimeSpan value)
    {
        value = default;
        if (text is not { Length: > 1 and <= 32 } || text[0] != 'P')
        {
            return false;
        }
        try
        {
            value = XmlConvert.ToTimeSpan(text);
            return true;
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            return false;
        }
    }
}
