using FsCheck.Fluent;
using Tillkeeper.Core.Identifiers;

namespace Tillkeeper.Core.Tests.Identifiers;

public sealed class SerialNumberTests
{
    [Theory]
    [InlineData("0820093765", "0820093765")]
    [InlineData(" n910-0012.a/b_c\r\n", "N910-0012.A/B_C")]
    [InlineData("Ｎ９１０－００１２", "N910-0012")]
    [InlineData("\u200BS90\u3000\uFEFF", null)]
    [InlineData("\u200BS900\u3000\uFEFF", "S900")]
    public void A_serial_is_brought_to_one_form(string text, string? expected)
    {
        Assert.Equal(expected is not null, SerialNumber.TryNormalise(text, out var serial, out _));
        Assert.Equal(expected ?? "", serial);
    }

    [Theory]
    [InlineData(null, "missing")]
    [InlineData("   ", "missing")]
    [InlineData("123", "this has 3")]
    [InlineData("12 34", "Character 3 is blank")]
    [InlineData("123\u200B4", "Character 4 is blank")]
    [InlineData("123#4", "Character 4 is not allowed")]
    [InlineData("终端1234", "Character 1 is not allowed")]
    [InlineData("ſ1234", "Character 1 is not allowed")]
    [InlineData("../etc", "begins with")]
    public void A_problem_names_what_is_wrong(string? text, string expected)
    {
        Assert.False(SerialNumber.TryNormalise(text, out var serial, out var problem));
        Assert.Equal("", serial);
        Assert.Contains(expected, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4, true)]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void The_length_has_limits(int length, bool allowed) =>
        Assert.Equal(allowed, SerialNumber.TryNormalise(new string('7', length), out _, out _));

    [Fact]
    public void Normalising_twice_changes_nothing_more() =>
        Arbitrary.Check(
            Gen.Elements("aZ09-_./ ｎ９\u3000#é".ToCharArray()).ListOf().Select(string.Concat),
            text =>
                !SerialNumber.TryNormalise(text, out var once, out _)
                || (SerialNumber.TryNormalise(once, out var twice, out _) && once == twice)
        );
}
