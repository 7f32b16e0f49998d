using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tillkeeper.Cli.Output;

/// <summary>A JSON value as text for a person.</summary>
internal static class Cell
{
    public static string Of(JsonNode? value) =>
        value switch
        {
            null => "",
            JsonArray items => string.Join(", ", items.Select(Of)),
            JsonObject inner => string.Join(
                ", ",
                inner.Select(field => $"{Plain(field.Key)}: {Of(field.Value)}")
            ),
            _ => value.GetValueKind() switch
            {
                JsonValueKind.True => "yes",
                JsonValueKind.False => "no",
                JsonValueKind.String => Plain(value.GetValue<string>()),
                _ => value.ToJsonString(),
            },
        };

    /// <summary>
    /// Names and notes come from strangers: nothing in them may steer the screen they are shown on, neither by control
    /// sequences nor by turning the direction of writing around.
    /// </summary>
    public static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            plain.Append(
                Rune.GetUnicodeCategory(rune) switch
                {
                    UnicodeCategory.Control when Rune.IsWhiteSpace(rune) => " ",
                    UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => " ",
                    UnicodeCategory.Control or UnicodeCategory.Format => "\uFFFD",
                    _ => rune.ToString(),
                }
            );
        }

        return plain.ToString();
    }
}
