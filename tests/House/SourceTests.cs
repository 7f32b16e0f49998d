using System.Text.RegularExpressions;

namespace Tillkeeper.House;

/// <summary>What every source file looks like.</summary>
public sealed partial class SourceTests
{
    private const int LongestFile = 400;

    private static readonly string[] Sources =
    [
        .. Repository.Files("src", "*.cs"),
        .. Repository.Files("tests", "*.cs"),
    ];

    [Fact]
    public void No_source_file_is_longer_than_400_lines() =>
        Assert.DoesNotContain(
            Sources.Select(file =>
                (File: Repository.Relative(file), Lines: File.ReadLines(file).Count())
            ),
            file => file.Lines > LongestFile
        );

    [Fact]
    public void The_name_of_a_test_is_a_sentence()
    {
        var names = Repository
            .Files("tests", "*.cs")
            .SelectMany(file => TestMethod().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups["name"].Value)
            .ToArray();
        Assert.True(names.Length > 100, $"only {names.Length} tests were found");
        Assert.DoesNotContain(names, name => !name.Contains('_', StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_is_caught_and_dropped() =>
        Assert.Empty(
            Sources
                .Where(file => EmptyCatch().IsMatch(File.ReadAllText(file)))
                .Select(Repository.Relative)
        );

    [Fact]
    public void The_rules_recognise_what_they_forbid()
    {
        Assert.Equal(
            "Works",
            TestMethod().Match("[Fact]\n    public void Works()").Groups["name"].Value
        );
        Assert.Equal(
            "Works",
            TestMethod()
                .Match("[Theory]\n    [InlineData(1)]\n    public async Task Works(int n)")
                .Groups["name"]
                .Value
        );
        Assert.Matches(EmptyCatch(), "catch (IOException) {" + " }");
    }

    [GeneratedRegex(
        @"\[(Fact|Theory)\b[^\n]*\n((?!\s*public )[^\n]*\n)*?\s*public (static )?(async )?[\w<>]+ (?<name>\w+)\(",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 2000
    )]
    private static partial Regex TestMethod();

    [GeneratedRegex(
        @"catch\s*(\([^)]*\))?\s*\{\s*\}",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 2000
    )]
    private static partial Regex EmptyCatch();
}
