using System.Text.RegularExpressions;

namespace Tillkeeper.House.Phrases;

/// <summary>No page says anything by itself: whatever a person reads comes from a resource file.</summary>
public sealed partial class HardCodedTextTests
{
    /// <summary>Names, keys and signs that are the same in every language.</summary>
    private static readonly IReadOnlySet<string> Allowed = new HashSet<string>(
        StringComparer.Ordinal
    )
    {
        "Tillkeeper",
        "· Tillkeeper",
        "Enter",
        "j",
        "k",
        "g",
        "UTC",
        "CSV",
        "PDF",
        "JSON",
        "YAML",
        "SHA-256",
    };

    /// <summary>Attributes that are read out or shown.</summary>
    private static readonly IReadOnlySet<string> Spoken = new HashSet<string>(
        StringComparer.OrdinalIgnoreCase
    )
    {
        "title",
        "placeholder",
        "aria-label",
        "aria-description",
        "alt",
        "emptytitle",
        "label",
    };

    [Fact]
    public void No_page_holds_text_of_its_own()
    {
        var calls = Compiled.Calls().ToArray();
        Assert.True(calls.Length > 100, $"only {calls.Length} calls were found");
        None.Of(
            calls
                .SelectMany(c =>
                    TextsOf(c.Call, c.Texts).Select(text => (c.Component, Text: text.Trim()))
                )
                // A single letter is a key of the keyboard.
                .Where(t =>
                    t.Text.Length > 1 && Letters().IsMatch(t.Text) && !Allowed.Contains(t.Text)
                )
                .Select(t => $"{t.Component}: {t.Text}")
        );
    }

    [Fact]
    public void Chinese_stands_in_resource_files_alone() =>
        None.Of(
            new[] { "*.cs", "*.razor", "*.js", "*.css" }
                .SelectMany(pattern => Repository.Files("src/Tillkeeper.Server/Console", pattern))
                .Where(file =>
                    !file.Contains("/node_modules/", StringComparison.Ordinal)
                    && Ideograph().IsMatch(File.ReadAllText(file))
                )
                .Select(Repository.Relative)
        );

    [Fact]
    public void The_rules_recognise_what_they_forbid()
    {
        Assert.Equal(["Locked"], TextsOf("AddMarkupContent", ["<p class=\"a b\">Locked</p>"]));
        Assert.Equal(
            ["A word", "Go"],
            TextsOf("AddMarkupContent", ["<a title=\"A word\" href=\"/x\">Go</a>"])
        );
        Assert.Equal(["Locked"], TextsOf("AddContent", ["Locked"]));
        Assert.Equal(["Search"], TextsOf("AddAttribute", ["placeholder", "Search"]));
        Assert.Empty(TextsOf("AddAttribute", ["class", "btn"]));
    }

    private static IEnumerable<string> TextsOf(string call, IReadOnlyList<string> texts) =>
        (call, texts) switch
        {
            ("AddMarkupContent", [.., var markup]) => OfMarkup(markup),
            ("AddContent", [.., var text]) => [text],
            ("AddAttribute" or "AddComponentParameter", [.., var name, var value])
                when Spoken.Contains(name) => [value],
            _ => [],
        };

    private static IEnumerable<string> OfMarkup(string markup) =>
        SpokenAttribute()
            .Matches(markup)
            .Where(m => Spoken.Contains(m.Groups["name"].Value))
            .Select(m => m.Groups["value"].Value)
            .Concat(Tag().Split(markup).Where(text => text.Length > 0));

    [GeneratedRegex(
        @"\s(?<name>[a-z-]+)=""(?<value>[^""]*)""",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase,
        matchTimeoutMilliseconds: 2000
    )]
    private static partial Regex SpokenAttribute();

    [GeneratedRegex(
        "<(!DOCTYPE)?[^>]*>",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 2000
    )]
    private static partial Regex Tag();

    [GeneratedRegex(@"\p{L}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Letters();

    [GeneratedRegex(
        @"[\u4e00-\u9fff]",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 2000
    )]
    private static partial Regex Ideograph();
}
