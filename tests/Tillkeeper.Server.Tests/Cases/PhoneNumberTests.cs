using Tillkeeper.Server.Cases;

namespace Tillkeeper.Server.Tests.Cases;

public sealed class PhoneNumberTests
{
    [Theory]
    [InlineData("13800138000", "13800138000")]
    [InlineData(" 138-0013-8000 ", "13800138000")]
    [InlineData("+86 (10) 6655.1234", "+861066551234")]
    [InlineData("１３８００１３８０００", "13800138000")]
    [InlineData("95516", "95516")]
    public void Numbers_are_read_as_people_write_them(string typed, string number) =>
        Assert.Equal(number, PhoneNumber.Normalise(typed));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1234")]
    [InlineData("1234567890123456")]
    [InlineData("138 0013 800O")]
    [InlineData("138+00138000")]
    [InlineData("12345                                         ")]
    public void Anything_else_is_none(string? typed) => Assert.Null(PhoneNumber.Normalise(typed));

    [Theory]
    [InlineData("13800138000", "138****8000")]
    [InlineData("+861066551234", "+86******1234")]
    [InlineData("95516", "***16")]
    public void A_mask_leaves_enough_to_recognise(string number, string masked) =>
        Assert.Equal(masked, PhoneNumber.Mask(number));
}
