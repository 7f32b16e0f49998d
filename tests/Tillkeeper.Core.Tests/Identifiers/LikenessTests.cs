using Tillkeeper.Core.Identifiers;

namespace Tillkeeper.Core.Tests.Identifiers;

public sealed class LikenessTests
{
    [Theory]
    [InlineData("北京明月（餐饮）有限公司", "北京明月(餐饮)有限公司", Likeness.Match)]
    [InlineData(" noodle  shop ", "Noodle Shop", Likeness.Match)]
    [InlineData("９１４４", "9144", Likeness.Match)]
    [InlineData("9144030071526726XG", "9144030071526726XC", Likeness.Near)]
    [InlineData("9144030071526726XG", "9144030017526726XG", Likeness.Near)]
    [InlineData("9144030071526726XG", "914403071526726XG", Likeness.Near)]
    [InlineData("9144030071526726XG", "9144030071526766XC", Likeness.Differs)]
    [InlineData("王伟", "王芳", Likeness.Differs)]
    [InlineData("王小伟", "王小芳", Likeness.Near)]
    [InlineData("Wang", "Wan", Likeness.Near)]
    [InlineData(null, "Wang", Likeness.Missing)]
    [InlineData("Wang", null, Likeness.Missing)]
    [InlineData("--", "Wang", Likeness.Missing)]
    public void One_slip_is_near_two_are_not(string? given, string? file, Likeness expected)
    {
        Assert.Equal(expected, Likenesses.Of(given, file));
        Assert.Equal(expected, Likenesses.Of(file, given));
    }

    [Fact]
    public void Of_the_last_digits_of_an_account_one_wrong_is_as_wrong_as_all()
    {
        Assert.Equal(Likeness.Differs, Likenesses.Of("4418", "4417", exact: true));
        Assert.Equal(Likeness.Match, Likenesses.Of("4417", "4417", exact: true));
    }
}
