using System.Text.RegularExpressions;

namespace Tillkeeper.House.Phrases;

/// <summary>What programs say is in resource files, in both languages, and all of it is said.</summary>
public sealed partial class PhraseTests
{
    /// <summary>Their keys are made from words of the API; <see cref="WordTests"/> looks at them.</summary>
    private static readonly string[] MadeKeys = ["words.", "refusals."];

    /// <summary>The way to the other language is written in that language.</summary>
    /// <summary>What leads to the other language is named in that language.</summary>
    private static readonly string[] OtherLanguage = ["shell.other_language", "cases.script.other"];

    private static readonly IReadOnlyDictionary<string, PhraseFile> Rooms =
        PhraseFile.OfPages.ToDictionary(f => f.Room, StringComparer.Ordinal);

    [Fact]
    public void Every_phrase_is_there_in_both_languages() =>
        None.Of(
            PhraseFile.All.SelectMany(file =>
                file.English.Keys.Except(file.Chinese.Keys, StringComparer.Ordinal)
                    .Select(key => $"{file.Path}: {key} has no Chinese")
                    .Concat(
                        file.Chinese.Keys.Except(file.English.Keys, StringComparer.Ordinal)
                            .Select(key => $"{file.Path}: {key} has no English")
                    )
            )
        );

    [Fact]
    public void Both_languages_fill_in_the_same_places() =>
        None.Of(
            PhraseFile.All.SelectMany(file =>
                file.English.Where(p =>
                        file.Chinese.TryGetValue(p.Key, out var chinese)
                        && PhraseFile.PlacesOf(p.Value) != PhraseFile.PlacesOf(chinese)
                    )
                    .Select(p => $"{file.Path}: {p.Key}")
            )
        );

    [Fact]
    public void No_phrase_is_blank() =>
        None.Of(
            PhraseFile.OfPages.SelectMany(file =>
                file.English.Concat(file.Chinese)
                    .Where(p => string.IsNullOrWhiteSpace(p.Value))
                    .Select(p => $"{file.Path}: {p.Key}")
            )
        );

    [Fact]
    public void Chinese_is_punctuated_as_Chinese() =>
        None.Of(
            PhraseFile.OfPages.SelectMany(file =>
                file.Chinese.Where(p => HalfWidth().IsMatch(p.Value))
                    .Select(p => $"{file.Path}: {p.Key}: {p.Value}")
            )
        );

    [Fact]
    public void English_is_English() =>
        None.Of(
            PhraseFile.OfPages.SelectMany(file =>
                file.English.Where(p =>
                        Ideograph().IsMatch(p.Value) && !OtherLanguage.Contains(p.Key)
                    )
                    .Select(p => $"{file.Path}: {p.Key}: {p.Value}")
            )
        );

    [Fact]
    public void A_key_begins_with_the_name_of_its_folder() =>
        None.Of(
            PhraseFile.OfPages.SelectMany(file =>
                file.English.Keys.Where(key =>
                        !key.StartsWith(file.Room + ".", StringComparison.Ordinal)
                    )
                    .Select(key => $"{file.Path}: {key}")
            )
        );

    [Fact]
    public void Every_phrase_that_a_page_asks_for_exists() =>
        None.Of(
            Compiled.Literals.Where(text =>
                Key().IsMatch(text)
                && Rooms.TryGetValue(
                    text[..text.IndexOf('.', StringComparison.Ordinal)],
                    out var room
                )
                && !room.English.ContainsKey(text)
                // The name of a file of the room, or the beginning of keys.
                && !IsAsset(text)
                && !room.English.Keys.Any(key => IsBeginning(text, key))
            )
        );

    [Fact]
    public void Every_phrase_there_is_is_asked_for()
    {
        var beginnings = Compiled.Literals.Where(text => Beginning().IsMatch(text)).ToArray();
        None.Of(
            PhraseFile
                .OfPages.SelectMany(file => file.English.Keys)
                .Where(key => !MadeKeys.Any(m => key.StartsWith(m, StringComparison.Ordinal)))
                .Where(key =>
                    !Compiled.Literals.Contains(key) && !beginnings.Any(b => IsBeginning(b, key))
                )
        );
    }

    [Fact]
    public void The_rules_recognise_what_they_forbid()
    {
        Assert.Matches(HalfWidth(), "已锁定,请稍候");
        Assert.DoesNotMatch(HalfWidth(), "已锁定，请稍候（E01）");
        Assert.Matches(Key(), "fleet.title");
        Assert.True(IsBeginning("fleet.tab.", "fleet.tab.open"));
        Assert.False(IsBeginning("fleet.tab", "fleet.tab.open"));
        Assert.Equal("0 1", PhraseFile.PlacesOf("{1} of {0:N0}, {1}"));
    }

    /// <summary><c>$"fleet.tab.{tab}"</c> asks for every key that begins so.</summary>
    private static bool IsBeginning(string text, string key) =>
        text.EndsWith('.') && key.StartsWith(text, StringComparison.Ordinal);

    private static bool IsAsset(string text) =>
        Path.GetExtension(text) is ".js" or ".css" or ".csv" or ".json" or ".jsonl" or ".pdf";

    [GeneratedRegex(
        @"^[a-zA-Z]+(\.[a-z0-9_]+)+\.?$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 2000
    )]
    private static partial Regex Key();

    [GeneratedRegex(
        @"^[a-zA-Z]+\.([a-z0-9_]+\.)*$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 2000
    )]
    private static partial Regex Beginning();

    [GeneratedRegex(
        @"[\u4e00-\u9fff] ?[,;:!?()]|[,;:!?()] ?[\u4e00-\u9fff]",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 2000
    )]
    private static partial Regex HalfWidth();

    [GeneratedRegex(
        @"[\u4e00-\u9fff]",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 2000
    )]
    private static partial Regex Ideograph();
}
