using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Core.Rules.Texts;

/// <summary>What a warning says: what it is about, what was seen, what to do.</summary>
/// <param name="Saw">Empty when the finding carries no facts to say it with.</param>
public sealed record WarningText(string Title, string Saw, string Now);

/// <summary>Puts what a rule found into words for the person at the terminal: what was seen, never whose fault it is.</summary>
public static partial class RuleExplainer
{
    private static readonly ResourceManager Resources = new(
        "Tillkeeper.Core.Rules.Texts.RuleTexts",
        typeof(RuleExplainer).Assembly
    );

    /// <summary>The parts of a warning that a rule and its evidence have.</summary>
    public static WarningText Warn(RuleName rule, Evidence evidence, CultureInfo culture)
    {
        var word = Words.Of(rule);
        return new WarningText(
            Text($"{word}.warning", culture),
            Saw(evidence with { Rule = rule }, culture) ?? "",
            Text($"{word}.now", culture)
        );
    }

    /// <summary>One sentence on what a rule saw; null for a lock that no rule raised, or when its facts do not say.</summary>
    public static string? Saw(Evidence evidence, CultureInfo culture) =>
        evidence.Rule is { } rule
            ? Fill($"{Words.Of(rule)}.saw", evidence, culture)
                ?? Fill($"{Words.Of(rule)}.saw_less", evidence, culture)
            : null;

    /// <summary>The name of a part, in words where it has some.</summary>
    public static string PartName(string part, CultureInfo culture) =>
        Resources.GetString($"part.{part}", culture) ?? part;

    /// <summary>The sentence with its facts in place; null when one is missing, for half a sentence says nothing.</summary>
    private static string? Fill(string key, Evidence evidence, CultureInfo culture)
    {
        if (Resources.GetString(key, culture) is not { } text)
        {
            return null;
        }
        var complete = true;
        var filled = Placeholder()
            .Replace(
                text,
                match =>
                {
                    var name = match.Groups["fact"].Value;
                    var value = name switch
                    {
                        "part" when evidence.Part is { } part => PartName(part, culture),
                        "problem" or "seen" => InWords(
                            $"{key.Split('.')[0]}.{name}",
                            evidence.Facts?.GetValueOrDefault(name),
                            culture
                        ),
                        _ => evidence.Facts?.GetValueOrDefault(name),
                    };
                    complete &= value is not null;
                    return value ?? "";
                }
            );
        return complete ? filled : null;
    }

    /// <summary>Facts that are words of ours, <c>a,b</c>, in the reader's language; a word from a newer version stays as it is.</summary>
    private static string? InWords(string prefix, string? words, CultureInfo culture) =>
        words is null
            ? null
            : string.Join(
                Text("list.separator", culture),
                words.Split(',').Select(w => Resources.GetString($"{prefix}.{w}", culture) ?? w)
            );

    private static string Text(string key, CultureInfo culture) =>
        Resources.GetString(key, culture)
        ?? throw new MissingManifestResourceException($"No text is known for {key}.");

    [GeneratedRegex(
        @"\{(?<fact>\w+)\}",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Placeholder();
}
