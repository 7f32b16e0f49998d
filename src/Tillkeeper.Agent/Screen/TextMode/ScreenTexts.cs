using System.Collections.Frozen;
using System.Text.Json;

namespace Tillkeeper.Agent.Screen.TextMode;

/// <summary>The words of the lock screen in one language: the same file that the page in a browser reads.</summary>
internal sealed class ScreenTexts
{
    private readonly FrozenDictionary<string, string> texts;

    private ScreenTexts(FrozenDictionary<string, string> texts, string language)
    {
        this.texts = texts;
        Language = language;
    }

    /// <summary><c>zh</c> or <c>en</c>.</summary>
    public string Language { get; }

    /// <param name="language"><c>zh</c> or <c>en</c>.</param>
    public static ScreenTexts In(string language)
    {
        using var stream =
            typeof(ScreenTexts).Assembly.GetManifestResourceStream($"screen/screen.{language}.json")
            ?? throw new InvalidOperationException($"screen.{language}.json is not embedded.");
        using var json = JsonDocument.Parse(stream);
        return new ScreenTexts(
            json.RootElement.EnumerateObject()
                .ToFrozenDictionary(t => t.Name, t => t.Value.GetString()!, StringComparer.Ordinal),
            language
        );
    }

    public bool Has(string key) => texts.ContainsKey(key);

    /// <summary>A text with its placeholders filled in.</summary>
    public string this[string key, params ReadOnlySpan<(string Name, object? Value)> values]
    {
        get
        {
            var text = texts[key];
            foreach (var (name, value) in values)
            {
                text = text.Replace(
                    $"{{{name}}}",
                    Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture),
                    StringComparison.Ordinal
                );
            }
            return text;
        }
    }

    /// <summary>A label and what follows it; Chinese needs no blank between them.</summary>
    public string Joined(string first, string second) =>
        Language == "zh" ? first + second : $"{first} {second}";
}
