using System.Collections;
using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using Tillkeeper.Server.Watch.Texts;

namespace Tillkeeper.Server.Tests.Watch;

public sealed class AlertTextsTests
{
    private static readonly ResourceManager Resources = new(
        "Tillkeeper.Server.Watch.Texts.AlertTexts",
        typeof(AlertTexts).Assembly
    );

    [Fact]
    public void Every_title_is_there_in_both_languages_with_the_same_facts()
    {
        var (english, chinese) = (
            Texts(CultureInfo.InvariantCulture),
            Texts(CultureInfo.GetCultureInfo("zh-Hans"))
        );
        Assert.NotEmpty(english);
        Assert.Equal(english.Keys.Order(), chinese.Keys.Order());
        foreach (var (key, text) in english)
        {
            Assert.Equal(Facts(text), Facts(chinese[key]));
            Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", chinese[key]);
        }
    }

    [Fact]
    public void A_fact_stands_in_its_place_and_one_that_is_missing_is_a_question_mark()
    {
        Dictionary<string, string> facts = new(StringComparer.Ordinal) { ["name"] = "Ann" };
        var english = AlertTexts.Title("key_created", facts, CultureInfo.GetCultureInfo("en"));
        var chinese = AlertTexts.Title("key_created", facts, CultureInfo.GetCultureInfo("zh-CN"));
        Assert.Equal("An API key was made: Ann, ?", english);
        Assert.Equal("新建了API密钥：Ann（?）", chinese);
    }

    private static Dictionary<string, string> Texts(CultureInfo culture) =>
        Resources
            .GetResourceSet(culture, createIfNotExists: true, tryParents: false)!
            .Cast<DictionaryEntry>()
            .ToDictionary(e => (string)e.Key, e => (string)e.Value!, StringComparer.Ordinal);

    private static string[] Facts(string text) =>
        [.. Regex.Matches(text, @"\{\w+\}").Select(m => m.Value).Order(StringComparer.Ordinal)];
}
