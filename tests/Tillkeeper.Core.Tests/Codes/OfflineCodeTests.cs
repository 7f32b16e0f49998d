using Tillkeeper.Core.Codes;
using Tillkeeper.Core.Tests.Orders;

namespace Tillkeeper.Core.Tests.Codes;

public sealed class OfflineCodeTests
{
    private const string Challenge = "07Q2M4K9X1BT000000001N0NCE123456";

    private static string Of(CodeEffect effect, string challenge = Challenge) =>
        OfflineCode.Compute(TestKeys.Code, challenge, effect);

    [Theory]
    [InlineData(CodeEffect.Release)]
    [InlineData(CodeEffect.PasscodeReset)]
    public void Eight_digits_prove_their_effect(CodeEffect effect)
    {
        var code = Of(effect);
        Assert.Matches("^[0-9]{8}$", code);
        Assert.Equal(effect, OfflineCode.Evaluate(TestKeys.Code, Challenge, code));
    }

    [Fact]
    public void A_code_is_bound_to_effect_challenge_and_key()
    {
        var code = Of(CodeEffect.Release);
        Assert.NotEqual(code, Of(CodeEffect.PasscodeReset));
        Assert.NotEqual(code, Of(CodeEffect.Release, Challenge.Replace('N', 'M')));
        Assert.Null(OfflineCode.Evaluate(TestKeys.Code, Challenge.Replace('N', 'M'), code));
        Assert.Null(OfflineCode.Evaluate(new byte[32], Challenge, code));
    }

    [Fact]
    public void A_code_is_accepted_however_the_digits_are_grouped_or_typed()
    {
        var code = Of(CodeEffect.Release);
        string[] spellings =
        [
            code[..4] + " " + code[4..],
            code[..4] + "-" + code[4..],
            string.Concat(code.Select(c => (char)(c - '0' + '\uFF10'))),
            "\u3000" + code,
        ];
        Assert.All(
            spellings,
            s => Assert.Equal(CodeEffect.Release, OfflineCode.Evaluate(TestKeys.Code, Challenge, s))
        );
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("00000000")]
    [InlineData("1234567")]
    [InlineData("中文")]
    public void Anything_else_proves_nothing(string? typed) =>
        Assert.Null(OfflineCode.Evaluate(TestKeys.Code, Challenge, typed));

    [Fact]
    public void A_code_that_goes_on_too_long_proves_nothing()
    {
        var code = Of(CodeEffect.Release);
        Assert.Null(OfflineCode.Evaluate(TestKeys.Code, Challenge, code + "0"));
        Assert.Null(OfflineCode.Evaluate(TestKeys.Code, Challenge, code + new string(' ', 64)));
    }
}
