using Tillkeeper.Core.Identifiers;

namespace Tillkeeper.Core.Tests.Identifiers;

public sealed class ResidentIdTests
{
    private static readonly DateOnly Today = new(2026, 7, 1);

    /// <summary>The two examples of GB 11643-1999, and one computed.</summary>
    public static TheoryData<string> Examples =>
        ["11010519491231002X", "440524188001010014", "110101199003070118"];

    [Theory]
    [MemberData(nameof(Examples))]
    public void The_examples_of_the_standard_are_accepted(string text)
    {
        Assert.True(ResidentId.TryParse(text, Today, out var id, out var problem), problem);
        Assert.Equal(text, id.Reveal());
        Assert.Equal("", problem);
        Assert.Equal(text.Substring(6, 8), $"{id.BirthDate:yyyyMMdd}");
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Every_change_of_one_character_is_found(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            foreach (var c in "0123456789X".Where(c => c != text[i]))
            {
                Refuse(text[..i] + c + text[(i + 1)..]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Examples))]
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
    [InlineData("11010519491231002x")]
    [InlineData(" 110105 19491231 002X ")]
    [InlineData("１１０１０５１９４９１２３１００２Ｘ")]
    public void What_input_methods_and_copying_add_is_removed(string text)
    {
        Assert.True(ResidentId.TryParse(text, Today, out var id, out var problem), problem);
        Assert.Equal("11010519491231002X", id.Reveal());
    }

    [Fact]
    public void It_cannot_leak_by_being_printed()
    {
        Assert.True(ResidentId.TryParse("11010519491231002X", Today, out var id, out _));

        Assert.Equal("110*************2X", id.Masked);
        Assert.Equal(id.Masked, id.ToString());
        Assert.Equal(id.Masked, $"{id}");
        Assert.DoesNotContain(
            "19491231002",
            System.Text.Json.JsonSerializer.Serialize(id),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(null, "missing")]
    [InlineData("", "missing")]
    [InlineData("1101051949123100", "this has 16")]
    [InlineData("110105491231002", "old 15-digit")]
    [InlineData("1101051949123100X2", "17 digits and a last")]
    [InlineData("11010519491231002A", "17 digits and a last")]
    [InlineData("16010519491231002X", "no province")]
    [InlineData("910105194912310027", "no province")]
    [InlineData("110105194902300025", "not a birth date")]
    [InlineData("110105000012310023", "not a birth date")]
    [InlineData("110105170012310023", "not a birth date")]
    [InlineData("110105194912310020", "last character")]
    public void A_problem_names_what_is_wrong(string? text, string expected) =>
        Assert.Contains(expected, Refuse(text), StringComparison.Ordinal);

    [Fact]
    public void A_birth_date_after_today_is_refused_and_today_is_not()
    {
        const string BornOnThe31St = "11010519491231002X";

        Assert.False(
            ResidentId.TryParse(BornOnThe31St, new DateOnly(1949, 12, 30), out _, out var problem)
        );
        Assert.Contains("in the future", problem, StringComparison.Ordinal);
        Assert.True(ResidentId.TryParse(BornOnThe31St, new DateOnly(1949, 12, 31), out _, out _));
    }

    private static string Refuse(string? text)
    {
        Assert.False(ResidentId.TryParse(text, Today, out var id, out var problem), text);
        Assert.Null(id);
        Assert.EndsWith(".", problem, StringComparison.Ordinal);
        Assert.True(
            string.IsNullOrEmpty(text) || !problem.Contains(text, StringComparison.Ordinal)
        );
        return problem;
    }
}
