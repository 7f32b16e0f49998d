using System.Text.Json;
using System.Text.RegularExpressions;

namespace Tillkeeper.House.Phrases;

/// <summary>Words of the API and codes of refusals have words that people read.</summary>
public sealed partial class WordTests
{
    private static readonly string[] Programs =
    [
        "src/Tillkeeper.Core",
        "src/Tillkeeper.PolicyFiles",
        "src/Tillkeeper.Server",
    ];

    private static readonly IReadOnlySet<string> Codes = Repository
        .Files("src", "*.cs")
        .Where(f =>
            Programs.Any(p => Repository.Relative(f).StartsWith(p + "/", StringComparison.Ordinal))
        )
        .SelectMany(f => RefusalCode().Matches(File.ReadAllText(f)))
        .Select(m => m.Groups["code"].Value)
        .ToHashSet(StringComparer.Ordinal);

    private static readonly IReadOnlyDictionary<string, string[]> Enums = new[]
    {
        Compiled.Server,
        typeof(Core.Refusal).Assembly,
    }
        .SelectMany(a => a.GetTypes())
        .Where(t => t.IsEnum)
        .GroupBy(t => Snake(t.Name), StringComparer.Ordinal)
        .ToDictionary(
            g => g.Key,
            g =>
                g.SelectMany(Enum.GetNames)
                    .Select(Snake)
                    .Distinct(StringComparer.Ordinal)
                    .ToArray(),
            StringComparer.Ordinal
        );

    private static IReadOnlyList<string> KeysOf(string room) =>
        [
            .. PhraseFile
                .OfPages.Single(f => f.Folder == room)
                .English.Keys.Select(k => k[(k.IndexOf('.', StringComparison.Ordinal) + 1)..]),
        ];

    [Fact]
    public void An_enum_that_has_words_has_one_for_each_value()
    {
        var words = KeysOf("Words").Where(k => Enums.ContainsKey(k.Split('.')[0])).ToArray();
        var kinds = words.Select(k => k.Split('.')[0]).Distinct(StringComparer.Ordinal);
        None.Of(
            kinds
                .SelectMany(kind => Enums[kind].Select(value => $"{kind}.{value}"))
                .Except(words, StringComparer.Ordinal)
        );
        // The API has words that its enums have not: what is gone has no state any more, and is told as released.
        None.Of(
            words.Where(word =>
                !Enums[word.Split('.')[0]].Contains(word.Split('.')[^1], StringComparer.Ordinal)
                && !Compiled.Literals.Contains(word.Split('.')[^1])
            )
        );
    }

    [Fact]
    public void A_word_of_no_enum_is_asked_for_by_the_name_of_its_kind() =>
        None.Of(
            KeysOf("Words")
                .Where(k =>
                    !Enums.ContainsKey(k.Split('.')[0])
                    && !Compiled.Literals.Contains(k.Split('.')[0])
                    && !Compiled.Literals.Contains($"words.{k}")
                    && !Compiled.Literals.Contains($"words.{k.Split('.')[0]}.")
                )
        );

    [Fact]
    public void Every_refusal_that_a_person_can_meet_has_words()
    {
        Assert.True(Codes.Count > 150, $"only {Codes.Count} codes were found");
        var told = KeysOf("Refusals")
            .Select(k => k.Split('.')[0])
            .ToHashSet(StringComparer.Ordinal);
        None.Of(
            Codes
                .Where(code => !told.Contains(code) && !ProgramsOnly.Codes.Contains(code))
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Every_refusal_that_has_words_can_happen() =>
        None.Of(
            KeysOf("Refusals")
                .Where(k =>
                    !Codes.Contains(k.Split('.')[0])
                    && !Compiled.Literals.Contains(k.Split('.')[0])
                    && !Compiled.Literals.Contains($"refusals.{k}")
                    && !Compiled.Literals.Any(l =>
                        l.StartsWith("refusals.", StringComparison.Ordinal)
                        && l.EndsWith('.')
                        && $"refusals.{k}".StartsWith(l, StringComparison.Ordinal)
                        && l != "refusals."
                    )
                )
        );

    [Fact]
    public void What_only_programs_meet_can_happen() =>
        None.Of(ProgramsOnly.Codes.Except(Codes, StringComparer.Ordinal));

    private static string Snake(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    /// <summary>Wherever a <c>Refusal</c> is made with a code of its own.</summary>
    [GeneratedRegex(
        """(Conflict\(\s*|RefusalKind\.\w+,\s*|Forbidden\([^;]*?,\s*(code:\s*)?)"(?<code>[a-z]+(_[a-z]+)*)"|\(\s*"(?<code>[a-z]+(_[a-z]+)+)",\s*\$?"[A-Z]""",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 2000
    )]
    private static partial Regex RefusalCode();
}
