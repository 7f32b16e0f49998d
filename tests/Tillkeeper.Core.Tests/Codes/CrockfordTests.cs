using System.Globalization;
using System.Numerics;
using FsCheck.Fluent;
using Tillkeeper.Core.Codes;
using Tillkeeper.Core.Tests.Identifiers;

namespace Tillkeeper.Core.Tests.Codes;

public sealed class CrockfordTests
{
    [Fact]
    public void It_encodes_the_first_bits_first()
    {
        Assert.Equal("00", Crockford.Encode([0b00000_000, 0b00_000000], 2));
        Assert.Equal("Z0", Crockford.Encode([0b11111_000, 0b00_111111], 2));
        Assert.Equal("0Z", Crockford.Encode([0b00000_111, 0b11_000000], 2));
        Assert.Equal("ZZZZZZZZ", Crockford.Encode([255, 255, 255, 255, 255], 8));
        Assert.Throws<ArgumentOutOfRangeException>(() => Crockford.Encode([1], 2));
    }

    [Fact]
    public void It_is_the_number_in_base_32() =>
        Arbitrary.Check(
            Gen.Choose(0, 255).Select(b => (byte)b).ArrayOf(10),
            bytes =>
            {
                var number = new BigInteger(bytes, isUnsigned: true, isBigEndian: true);
                var text = "";
                for (var i = 0; i < 16; i++)
                {
                    text = Crockford.Alphabet[(int)(number % 32)] + text;
                    number /= 32;
                }
                return Crockford.Encode(bytes, 16) == text;
            }
        );

    [Fact]
    public void An_id_has_ten_characters_of_the_alphabet()
    {
        var id = Crockford.Id([1, 2, 3, 4, 5, 6, 7]);
        Assert.True(Crockford.IsId(id));
        Assert.False(Crockford.IsId(null));
        Assert.False(Crockford.IsId(id + "0"));
        Assert.False(Crockford.IsId("000000000U"));
        Assert.False(Crockford.IsId("000000000a"));
    }

    [Theory]
    [InlineData("abc-DEF 123", "ABCDEF123")]
    [InlineData("iIlLoO", "111100")]
    [InlineData("\t1\r\n2", "12")]
    [InlineData("７ｑ－２ｍ", "7Q2M")]
    [InlineData("", "")]
    [InlineData("U", null)]
    [InlineData("1.2", null)]
    [InlineData("中", null)]
    [InlineData(null, null)]
    public void Reading_forgives_what_people_do(string? typed, string? read) =>
        Assert.Equal(read, Crockford.Normalise(typed));

    [Fact]
    public void Reading_has_an_end()
    {
        Assert.NotNull(Crockford.Normalise(new string('0', 128)));
        Assert.Null(Crockford.Normalise(new string('0', 129)));
    }

    [Fact]
    public void Reading_never_throws_and_gives_only_the_alphabet() =>
        Arbitrary.Check(
            Arbitrary.AnyText,
            text => Crockford.Normalise(text)?.All(c => Crockford.Alphabet.Contains(c)) ?? true
        );

    [Fact]
    public void Groups_of_four_are_read_out()
    {
        Assert.Equal("ABCD-EFGH-1", Crockford.Grouped("ABCDEFGH1"));
        Assert.Equal(
            "ABCDEFGH1",
            Crockford.Normalise(
                Crockford.Grouped("ABCDEFGH1").ToLower(CultureInfo.InvariantCulture)
            )
        );
    }
}
