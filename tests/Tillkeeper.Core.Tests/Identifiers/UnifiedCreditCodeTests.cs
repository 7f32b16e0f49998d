using Tillkeeper.Core.Identifiers;

namespace Tillkeeper.Core.Tests.Identifiers;

public sealed class UnifiedCreditCodeTests
{
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    public static TheoryData<string> OfKnownCompanies =>
        [
            "9144030071526726XG",
            "91330100799655058B",
            "914403001922038216",
            "91110000802100433B",
            "91350100M000100Y43",
            "91440300708461136T",
        ];

    [Theory]
    [MemberData(nameof(OfKnownCompanies))]
    public void The_codes_of_known_companies_are_accepted(string text)
    {
        Assert.True(UnifiedCreditCode.TryParse(text, out var code, out var problem), problem);
        Assert.Equal(text, code.Value);
        Assert.Equal(text, code.ToString());
        Assert.Equal("", problem);
    }

    [Theory]
    [MemberData(nameof(OfKnownCompanies))]
    public void Every_change_of_one_character_is_found(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            foreach (var c in Alphabet.Where(c => c != text[i]))
            {
                Refuse(text[..i] + c + text[(i + 1)..]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(OfKnownCompanies))]
    public void Every_swap_of_two_neighbours_is_found(string text)
    {
        for (var i = 0; i + 1 < text.Length; i++)
        {
            if (text[i] != text[i + 1])
            {
                Refuse(text[..i] + text[i + 1] + text[i] + text[(i + 2)..]);
            }
        }
    }

    [Theory]
    [InlineData(" 9144030071526726xg\n")]
    [InlineData("91 440300 71526726X G")]
    [InlineData("91-440300-71526726-X-G")]
    [InlineData("９１４４０３００７１５２６７２６ＸＧ")]
    [InlineData("９１－４４０３００　７１５２６７２６ｘｇ")]
    [InlineData("\uFEFF9144030071526726X\u200BG")]
    public void What_input_methods_and_copying_add_is_removed(string text)
    {
        Assert.True(UnifiedCreditCode.TryParse(text, out var code, out var problem), problem);
        Assert.Equal("9144030071526726XG", code.Value);
    }

    [Theory]
    [InlineData(null, "missing")]
    [InlineData(" - ", "missing")]
    [InlineData("9144030071526726X", "this has 17")]
    [InlineData("440301103448669", "old 15-digit")]
    [InlineData("91440300715267O6XG", "Character 15 cannot occur")]
    [InlineData("91440300715267中6XG", "Character 15 cannot occur")]
    [InlineData("914403A071526726XG", "Characters 3 to 8")]
    [InlineData("9144030071526726XH", "last character")]
    public void A_problem_names_what_is_wrong(string? text, string expected) =>
        Assert.Contains(expected, Refuse(text), StringComparison.Ordinal);

    [Fact]
    public void A_code_whose_last_character_fits_but_whose_organisation_code_does_not_is_refused()
    {
        // Character 16 changed from 6 to 7, and the last character recomputed by annex A.
        var last = Alphabet.Single(c =>
            !Refuse("9144030071526727X" + c).Contains("last character", StringComparison.Ordinal)
        );

        Assert.Contains(
            "organisation code",
            Refuse("9144030071526727X" + last),
            StringComparison.Ordinal
        );
    }

    private static string Refuse(string? text)
    {
        Assert.False(UnifiedCreditCode.TryParse(text, out var code, out var problem), text);
        Assert.Null(code);
        Assert.EndsWith(".", problem, StringComparison.Ordinal);
        Assert.True(
            string.IsNullOrWhiteSpace(text)
                || !problem.Contains(text, StringComparison.Ordinal)
                || text.Length < 5
        );
        return problem;
    }
}
