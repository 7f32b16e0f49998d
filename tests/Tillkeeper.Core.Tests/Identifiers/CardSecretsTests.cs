using Tillkeeper.Core.Identifiers;

namespace Tillkeeper.Core.Tests.Identifiers;

public sealed class CardSecretsTests
{
    [Theory]
    [InlineData("card 4111 1111 1111 1111")]
    [InlineData("卡号６２２２０２０２００１１２２３３４４６")]
    [InlineData("CVV 123")]
    [InlineData("cvv2: 1234")]
    [InlineData("cvc=12 3")]
    [InlineData("安全码是 456")]
    [InlineData("卡背面后三位：7 8 9")]
    [InlineData("the security code was 321.")]
    public void What_must_not_be_written_down_is_found(string text) =>
        Assert.True(CardSecrets.LooksLikeAny(text));

    [Theory]
    [InlineData("")]
    [InlineData("table 123")]
    [InlineData("两杯咖啡 28.50 元，3号桌")]
    [InlineData("paid by phone 13800138000")]
    [InlineData("wechat 4200001234202611221234567890")]
    [InlineData("cvv not asked")]
    public void What_a_shop_writes_is_left_alone(string text) =>
        Assert.False(CardSecrets.LooksLikeAny(text));
}
