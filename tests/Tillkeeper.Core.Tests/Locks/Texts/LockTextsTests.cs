using System.Collections;
using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Locks.Texts;

namespace Tillkeeper.Core.Tests.Locks.Texts;

public sealed partial class LockTextsTests
{
    private static SortedDictionary<string, string> Read(CultureInfo culture)
    {
        var resources = new ResourceManager(
            "Tillkeeper.Core.Locks.Texts.LockTexts",
            typeof(LockExplainer).Assembly
        );
        // English is the neutral language: it lies in the assembly itself.
        var own = culture.Name == "en" ? CultureInfo.InvariantCulture : culture;
        var set = resources.GetResourceSet(own, createIfNotExists: true, tryParents: false);
        Assert.NotNull(set);
        return new SortedDictionary<string, string>(
            set.Cast<DictionaryEntry>().ToDictionary(e => (string)e.Key, e => (string)e.Value!),
            StringComparer.Ordinal
        );
    }

    [Fact]
    public void Both_languages_have_the_same_keys_with_the_same_placeholders()
    {
        var english = Read(Samples.Languages[0]);
        var chinese = Read(Samples.Languages[1]);
        Assert.Equal(english.Keys, chinese.Keys);
        Assert.All(
            english,
            text => Assert.Equal(Placeholders(text.Value), Placeholders(chinese[text.Key]))
        );
    }

    [Fact]
    public void Every_text_is_said_by_some_lock()
    {
        foreach (var culture in Samples.Languages)
        {
            var said = string.Join(
                '\n',
                Samples
                    .Variants()
                    .Select(v => LockExplainer.Explain(v.Lock, v.Context, culture))
                    .SelectMany(e =>
                        (string[])[e.Title, e.Safe, e.StillWorks, .. e.Now, e.Next, e.Warning]
                    )
            );
            Assert.All(
                Read(culture),
                text =>
                {
                    var pattern = Placeholder().Replace(Regex.Escape(text.Value), ".+?");
                    Assert.True(
                        Regex.IsMatch(
                            said,
                            pattern,
                            RegexOptions.IgnoreCase | RegexOptions.NonBacktracking
                        ),
                        $"{text.Key} ({culture.Name}) is never said"
                    );
                }
            );
        }
    }

    [Fact]
    public void No_text_accuses_or_speaks_jargon()
    {
        string[] unwanted =
        [
            "fraud",
            "illegal",
            "your fault",
            "violat",
            "suspicious",
            "error",
            "invalid",
            "API",
            "server",
            "token",
            "欺诈",
            "违规",
            "违法",
            "可疑",
            "非法",
            "错误",
            "无效",
            "服务器",
            "接口",
        ];
        foreach (var text in Samples.Languages.SelectMany(Read))
        {
            Assert.DoesNotContain(
                unwanted,
                word => text.Value.Contains(word, StringComparison.OrdinalIgnoreCase)
            );
        }
    }

    private static IEnumerable<string> Placeholders(string text) =>
        Placeholder()
            .Matches(Regex.Escape(text))
            .Select(m => m.Value)
            .Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\\\{\d\}", RegexOptions.NonBacktracking)]
    private static partial Regex Placeholder();
}
