using System.Globalization;
using System.Text.RegularExpressions;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Locks.Texts;
using Lock = Tillkeeper.Core.Locks.Lock;

namespace Tillkeeper.Agent.Tests.Screen;

public sealed partial class ScreenTextsTests
{
    private static readonly SortedDictionary<string, string> English = ScreenFiles.Texts("en");
    private static readonly SortedDictionary<string, string> Chinese = ScreenFiles.Texts("zh");

    [Fact]
    public void Both_languages_have_the_same_keys_with_the_same_placeholders()
    {
        Assert.Equal(English.Keys, Chinese.Keys);
        Assert.All(
            English,
            text => Assert.Equal(Placeholders(text.Value), Placeholders(Chinese[text.Key]))
        );
        Assert.All(English.Values.Concat(Chinese.Values), Assert.NotEmpty);
    }

    [Fact]
    public void Every_text_is_used_and_every_text_that_is_used_exists()
    {
        var literals = ScreenFiles
            .Scripts.Values.SelectMany(s => Literals().Matches(s))
            .Select(m => m.Groups["text"].Value)
            .ToHashSet(StringComparer.Ordinal);
        var inMarkup = InMarkup().Matches(ScreenFiles.Html).Select(m => m.Groups["key"].Value);
        var made = ScreenFiles
            .Scripts.Values.SelectMany(s => MadeKeys().Matches(s))
            .Select(m => m.Groups["prefix"].Value)
            .ToHashSet(StringComparer.Ordinal);
        var named = literals.Concat(inMarkup).ToHashSet(StringComparer.Ordinal);

        Assert.All(
            English.Keys,
            key =>
                Assert.True(
                    named.Contains(key)
                        || made.Any(prefix => key.StartsWith(prefix, StringComparison.Ordinal)),
                    $"{key} is never shown"
                )
        );
        Assert.All(
            made,
            prefix =>
                Assert.Contains(English.Keys, k => k.StartsWith(prefix, StringComparison.Ordinal))
        );
        Assert.All(
            ScreenFiles
                .Scripts.Values.SelectMany(s => Asked().Matches(s))
                .Select(m => m.Groups["key"].Value)
                .Concat(inMarkup),
            key => Assert.Contains(key, English.Keys)
        );
    }

    [Fact]
    public void The_markup_holds_no_words_of_its_own()
    {
        var visible = Tags().Replace(ScreenFiles.Html, "");
        Assert.DoesNotContain(visible, char.IsLetter);
        Assert.DoesNotMatch("\\s(title|alt|placeholder|aria-label)=", ScreenFiles.Html);
    }

    [Fact]
    public void The_scripts_hold_no_words_of_their_own()
    {
        foreach (var (file, script) in ScreenFiles.Scripts)
        {
            Assert.DoesNotContain(script, c => c > '\u007F');
            var sentences = Literals()
                .Matches(script)
                .Select(m => m.Groups["text"].Value)
                .Where(text => Sentence().IsMatch(text));
            Assert.True(!sentences.Any(), $"{file}: {string.Join(" | ", sentences)}");
            Assert.False(ShownLiteral().IsMatch(script), file);
        }
    }

    [Fact]
    public void A_state_that_a_lock_can_have_has_words()
    {
        foreach (var status in Enum.GetNames<LockStatus>())
        {
            Assert.Contains($"lock.{status.ToLowerInvariant()}", English.Keys);
        }
    }

    [Theory]
    [InlineData("en")]
    [InlineData("zh")]
    public void The_help_that_a_lock_speaks_of_is_a_button_of_that_name(string language)
    {
        var remote = new Lock
        {
            Id = "0123456789",
            Cause = Cause.Remote,
            Subject = Subject.Terminal,
            Scope = LockTable.Of(Cause.Remote).Scope,
            Owner = LockOwner.Server,
            Status = LockStatus.Confirmed,
            Since = DateTimeOffset.UnixEpoch,
            WaysOut = LockTable.Of(Cause.Remote).WaysOut,
        };
        var told = LockExplainer.Explain(
            remote,
            new ExplanationContext(DateTimeOffset.UnixEpoch, "400-000-0000"),
            CultureInfo.GetCultureInfo(language)
        );
        Assert.Contains(
            $"“{ScreenFiles.Texts(language)["menu.help"]}”",
            told.Now[^1],
            StringComparison.Ordinal
        );
    }

    private static IEnumerable<string> Placeholders(string text) =>
        Placeholder().Matches(text).Select(m => m.Value).Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\{\w+\}", RegexOptions.NonBacktracking)]
    private static partial Regex Placeholder();

    [GeneratedRegex("""["'](?<text>[^"'\n]*)["']""", RegexOptions.NonBacktracking)]
    private static partial Regex Literals();

    [GeneratedRegex(@"`(?<prefix>[a-z_]+\.)\$\{", RegexOptions.NonBacktracking)]
    private static partial Regex MadeKeys();

    [GeneratedRegex("""\bt\("(?<key>[^"]+)""", RegexOptions.NonBacktracking)]
    private static partial Regex Asked();

    [GeneratedRegex("data-(?:text|label)=\"(?<key>[^\"]+)\"", RegexOptions.NonBacktracking)]
    private static partial Regex InMarkup();

    [GeneratedRegex("<[^>]*>", RegexOptions.NonBacktracking)]
    private static partial Regex Tags();

    /// <summary>A literal that goes straight to the screen.</summary>
    [GeneratedRegex(
        """(?:textContent\s*=|\bsay\(|\bsetText\([^;]*,|setAttribute\("aria-label",)\s*["'`][^"'`]""",
        RegexOptions.NonBacktracking
    )]
    private static partial Regex ShownLiteral();

    /// <summary>Words with blanks between them, or a full stop at the end.</summary>
    [GeneratedRegex("^[A-Za-z]{2,} [A-Za-z ]+|[.!?]$", RegexOptions.NonBacktracking)]
    private static partial Regex Sentence();
}
