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
        return Find($"{kind}.title", culture) is { } text
            ? Named().Replace(text, match => Fact(match.Groups["fact"].Value, facts, culture))
            : kind;
    }

    /// <summary>What happened to an alert, e.g. <c>owned</c>; with the reason in its place.</summary>
    public static string Step(string name, CultureInfo culture, string reason = "") =>
        Find($"step.{name}", culture) is { } text
            ? Named().Replace(text, reason)
            : throw new InvalidOperationException($"There is no text 'step.{name}'.");

    /// <summary>What is known of a fact, in words where it has some: a role, not <c>helpdesk</c>.</summary>
    private static string Fact(
        string name,
        IReadOnlyDictionary<string, string> facts,
        CultureInfo culture
    )
    {
        var known = facts.GetValueOrDefault(name, "?");
        return Find($"{name}.{known}", culture) ?? known;
    }

    private static string? Find(string name, CultureInfo culture) =>
        Resources.GetString(
            name,
            CultureInfo.GetCultureInfo(culture.TwoLetterISOLanguageName == "zh" ? "zh-Hans" : "en")
        );

    [GeneratedRegex(@"\{(?<fact>\w+)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Named();
}
