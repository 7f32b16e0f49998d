using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;

namespace Tillkeeper.Server.Watch.Texts;

/// <summary>
/// What alerts are called, in English and Chinese: <c>KIND.title</c> in <c>AlertTexts*.resx</c>, with the alert's facts in braces.
/// </summary>
internal static partial class AlertTexts
{
    private static readonly ResourceManager Resources = new(
        "Tillkeeper.Server.Watch.Texts.AlertTexts",
        typeof(AlertTexts).Assembly
    );

    /// <summary>The title. A fact that is not known is shown as a question mark; a kind without a title as the word it is.</summary>
    public static string Title(
        string kind,
        IReadOnlyDictionary<string, string> facts,
        CultureInfo culture
    )
    {
        var chinese = culture.TwoLetterISOLanguageName == "zh";
        var text = Resources.GetString(
            $"{kind}.title",
            CultureInfo.GetCultureInfo(chinese ? "zh-Hans" : "en")
        );
        return text is null
            ? kind
            : Named()
                .Replace(text, match => facts.GetValueOrDefault(match.Groups["fact"].Value, "?"));
    }

    [GeneratedRegex(@"\{(?<fact>\w+)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Named();
}
