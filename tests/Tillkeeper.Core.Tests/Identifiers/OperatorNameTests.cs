using System.Text;
using FsCheck.Fluent;
using Tillkeeper.Core.Identifiers;

namespace Tillkeeper.Core.Tests.Identifiers;

public sealed class OperatorNameTests
{
    [Theory]
    [InlineData("03", "０３")]
    [InlineData("03", " 0 3\t")]
    [InlineData("03", "0\u200B3\uFEFF")]
    [InlineData("03", "0\u00AD3\uFE0F")]
    [InlineData("03", "0\u31643\u0000")]
    [InlineData("anna", "ANNA")]
    [InlineData("anna", "Ａnna")]
    [InlineData("kelvin", "\u212Aelvin")]
    [InlineData("strauß", "STRAUẞ")]
    [InlineData("strauß", "STRAUSS")]
    [InlineData("ilk", "İLK")]
    [InlineData("ilk", "I\u0307LK")]
    [InlineData("ilk", "ılk")]
    [InlineData("josé", "JOSE\u0301")]
    [InlineData("josé", "jose\u200D\u0301")]
    [InlineData("νίκος", "ΝΊΚΟΣ")]
    [InlineData("ſam", "SAM")]
    [InlineData("王 小明", "王小明")]
    [InlineData("①", "1")]
    public void Two_spellings_of_one_name_have_one_key(string one, string other) =>
        Assert.Equal(OperatorName.Normalise(one), OperatorName.Normalise(other));

    [Theory]
    [InlineData("03", "3")]
    [InlineData("03", "003")]
    [InlineData("josé", "jose")]
    [InlineData("王", "汪")]
    public void Two_names_have_two_keys(string one, string other) =>
        Assert.NotEqual(OperatorName.Normalise(one), OperatorName.Normalise(other));

    [Fact]
    public void Normalising_never_throws_and_twice_changes_nothing_more() =>
        Arbitrary.Check(
            Arbitrary.AnyText,
            text =>
                OperatorName.Normalise(OperatorName.Normalise(text)) == OperatorName.Normalise(text)
        );

    [Fact]
    public void Case_blanks_and_invisible_characters_never_make_a_new_key() =>
        Arbitrary.Check(
            // The iota subscript is a mark whose capital is a letter: it changes the name, not only the case.
            Arbitrary.AnyText.Select(text => text.Replace("\u0345", "", StringComparison.Ordinal)),
            text =>
            {
                var key = OperatorName.Normalise(text);
                return key == OperatorName.Normalise(text.ToUpperInvariant())
                    && key == OperatorName.Normalise(text.ToLowerInvariant())
                    && key == OperatorName.Normalise($"\u200B {text}\uFEFF\t");
            }
        );

    [Fact]
    public void Every_single_character_has_one_key_in_every_case_and_form()
    {
        for (var value = 0; value <= 0x10FFFF; value++)
        {
            if (!Rune.IsValid(value) || (value & 0xFFFE) == 0xFFFE)
            {
                continue;
            }

            var text = $"a{new Rune(value)}b";
            var key = OperatorName.Normalise(text);
            Assert.Equal(key, OperatorName.Normalise(key));
            Assert.Equal(key, OperatorName.Normalise(text.ToUpperInvariant()));
            Assert.Equal(key, OperatorName.Normalise(text.ToLowerInvariant()));
            Assert.Equal(key, OperatorName.Normalise(text.Normalize(NormalizationForm.FormKD)));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t\u200B\u3000")]
    public void Nothing_is_no_name(string? text)
    {
        Assert.False(OperatorName.TryNormalise(text, out var key));
        Assert.Equal("", key);
    }

    [Fact]
    public void A_key_has_at_most_64_characters_whatever_was_typed()
    {
        Assert.True(
            OperatorName.TryNormalise(new string('a', 64) + new string(' ', 200), out var key)
        );
        Assert.Equal(64, key.Length);
        Assert.False(OperatorName.TryNormalise(new string('a', 65), out key));
        Assert.Equal("", key);
        Assert.False(OperatorName.TryNormalise("\uFDFA\uFDFA\uFDFA\uFDFA\uFDFA", out _));
        Assert.False(OperatorName.TryNormalise("a" + new string(' ', 1024), out _));
    }
}
