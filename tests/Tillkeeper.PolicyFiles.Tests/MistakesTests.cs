using System.Text;

namespace Tillkeeper.PolicyFiles.Tests;

/// <summary>Every mistake is told, each with its line and what would be right.</summary>
public sealed class MistakesTests
{
    private static string[] Errors(string text) =>
        [.. PolicyFile.Read(text).Errors.Select(e => e.In("f.yaml"))];

    [Fact]
    public void All_mistakes_of_a_file_are_told_at_once_each_with_its_line()
    {
        var errors = Errors(
            """
            preset: harsh
            wrongPasword:
              attempts: 3
            wrongPassword:
              atempts: 3
              attempts: many
              lockFor: 30 minutes
            passcode: 6
            passcode: {minLength: 6}
            customerPin:
              mode: enabled
              then: lock
              wrongPins: "9"
              window: -PT1M
            offlineCode:
              tries: 11
              validFor: PT0S
            parts:
              - name: printer
            environment:
              countries: CN
            """
        );
        string[] expected =
        [
            "f.yaml:1: 'preset' takes one of: gentle, standard, strict.",
            "f.yaml:2: there is no section 'wrongPasword'; did you mean 'wrongPassword'? There are: preset, ",
            "f.yaml:5: 'wrongPassword' has no key 'atempts'; did you mean 'attempts'? It has: attempts, lockFor, ",
            "f.yaml:6: 'wrongPassword.attempts' cannot be 'many'; write a whole number such as 5.",
            "f.yaml:7: 'wrongPassword.lockFor' cannot be '30 minutes'; write PT30M.",
            "f.yaml:8: 'passcode' takes keys of its own; write them below it, indented: minLength, ",
            "f.yaml:9: 'passcode' stands twice, first on line 8; keep one of them.",
            "f.yaml:11: 'customerPin.mode' cannot be 'enabled'; use one of: off, shadow, on.",
            "f.yaml:13: 'customerPin.wrongPins' cannot be '9'; write a whole number without quotes.",
            "f.yaml:14: 'customerPin.window' cannot be '-PT1M'; write a duration such as PT30M",
            "f.yaml:16: offlineCode.tries is 11; it must be 1 to 10.",
            "f.yaml:17: offlineCode.validFor must be above zero and at most P366D.",
            "f.yaml:19: 'parts' lacks 'probe'; every entry needs it.",
            "f.yaml:21: 'environment.countries' takes a list; write [a, b] or one '- ' a line.",
        ];
        Assert.Equal(expected.Length, errors.Length);
        Assert.All(
            expected.Zip(errors),
            pair => Assert.StartsWith(pair.First, pair.Second, StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("away:\n\tidleAfter: PT5M\n", 2, "a tab indents this line; indent with blanks.")]
    [InlineData("away: &a {idleAfter: PT5M}\n", 1, "'&a' names a place")]
    [InlineData(
        "away: &a {}\npasscode: *a\n",
        2,
        "'*a' refers to another place; write the value out."
    )]
    [InlineData("away:\n  idleAfter: !!str PT5M\n", 2, "a tag ('!...') stands here")]
    [InlineData("away: {}\n---\naway: {}\n", 2, "a second document begins")]
    [InlineData("away: {}\n? [a]\n: b\n", 2, "a key here is no word")]
    [InlineData("- away\n", 1, "a policy file has sections")]
    [InlineData("away: {}\nversion: 7\n", 2, "'version' is not for a file to say")]
    [InlineData("away:\n  idleAfter:\n", 2, "'away.idleAfter' has no value")]
    [InlineData("away: {idleAfter: {x: 1}}\n", 1, "'away.idleAfter' takes a single value")]
    [InlineData("away: {idleAfter: PT5M\npasscode: {}\n", 2, "this is not YAML")]
    [InlineData("breaker: {sharePercent: NaN}\n", 1, "'breaker.sharePercent' cannot be 'NaN'")]
    [InlineData(
        "wrongPassword: {attempts: 99999999999}\n",
        1,
        "'wrongPassword.attempts' cannot be"
    )]
    [InlineData(
        "environment:\n  countries: [CN, china]\n",
        2,
        "environment.countries takes two capital"
    )]
    public void A_mistake_is_told_with_its_line_and_its_remedy(string text, int line, string says)
    {
        var errors = PolicyFile.Read(text).Errors;
        Assert.Contains(
            errors,
            e => e.Line == line && e.Problem.StartsWith(says, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_value_that_another_one_rules_out_is_told_where_it_stands()
    {
        var errors = Errors("wrongPassword:\n  attempts: 20\n  resetAfter: 15\n");
        Assert.Equal(["f.yaml:3: wrongPassword.resetAfter is 15; it must be 20 to 1000."], errors);
        // Here the other one is the default, and the section is to blame.
        errors = Errors("away: {}\nwrongPassword:\n  attempts: 20\n");
        Assert.Equal(["f.yaml:2: wrongPassword.resetAfter is 10; it must be 20 to 1000."], errors);
    }

    [Fact]
    public void Each_wrong_part_is_told_on_its_own_line()
    {
        var errors = Errors(
            """
            parts:
              - {name: printer, probe: printer, match: lp0}
              - {name: "a b", probe: usb, match: "1a86:7523"}
              - {name: printer, probe: usb, match: "1a86:7523"}
              - {name: disk, probe: ''}
            """
        );
        Assert.Equal(
            [
                "f.yaml:3: parts.name takes 1 to 40 letters, digits, _ and -.",
                "f.yaml:4: parts.name printer stands twice.",
            ],
            errors.Take(2)
        );
        Assert.StartsWith("f.yaml:5: parts.probe of disk takes one of: clock,", errors[2]);
        Assert.Equal(3, errors.Length);
    }

    [Fact]
    public void What_is_too_large_or_too_deep_or_no_text_is_refused_quickly()
    {
        Assert.Single(Errors(new string('#', PolicyFile.MostBytes + 1)));
        Assert.Contains("nested more than", Errors("away: " + new string('[', 100_000))[0]);
        byte[] latin = [.. "away: {}\n# caf"u8, 0xE9, (byte)'\n'];
        var error = Assert.Single(PolicyFile.Read(latin).Errors);
        Assert.Equal(
            (2, true),
            (error.Line, error.Problem.Contains("UTF-8", StringComparison.Ordinal))
        );
    }

    [Fact]
    public void A_bomb_of_aliases_is_told_and_never_unfolded()
    {
        var bomb = new StringBuilder("a: &a [x, x, x, x, x, x, x, x, x]\n");
        for (var c = 'b'; c <= 'z'; c++)
        {
            var inner = string.Join(", ", Enumerable.Repeat($"*{(char)(c - 1)}", 9));
            bomb.Append(c).Append(": &").Append(c).Append(" [").Append(inner).Append("]\n");
        }
        Assert.Contains(Errors(bomb.ToString()), e => e.Contains("refers to another place"));
    }

    [Fact]
    public void Whatever_bytes_come_the_reader_answers()
    {
        var random = new Random(20261122);
        var seed = Encoding.UTF8.GetBytes(Presets.TextOf("strict"));
        for (var i = 0; i < 2000; i++)
        {
            var bytes = seed.ToArray();
            for (var n = random.Next(1, 8); n > 0; n--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }
            var file = PolicyFile.Read(bytes);
            Assert.All(file.Errors, e => Assert.True(e.Line >= 1 && e.Problem.Length > 0));
        }
    }
}
