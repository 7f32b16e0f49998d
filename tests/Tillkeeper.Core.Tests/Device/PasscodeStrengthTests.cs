using Tillkeeper.Core.Device;
using Tillkeeper.Core.Policies;

namespace Tillkeeper.Core.Tests.Device;

public sealed class PasscodeStrengthTests
{
    private static readonly PasscodeRule Rule = new();

    [Theory]
    [InlineData("482917")]
    [InlineData("904417283365")]
    [InlineData("112239")]
    [InlineData("123467")]
    public void A_passcode_nobody_guesses_first_is_accepted(string passcode) =>
        Assert.Null(PasscodeStrength.Check(passcode, "03", Rule));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("48291")]
    [InlineData("4829174829174")]
    [InlineData("48291a")]
    [InlineData("48 2917")]
    [InlineData("４８２９１７")]
    [InlineData("111111")]
    [InlineData("123456")]
    [InlineData("890123")]
    [InlineData("987654")]
    [InlineData("210987")]
    [InlineData("121212")]
    [InlineData("482482")]
    [InlineData("112233")]
    [InlineData("998877")]
    [InlineData("122121")]
    public void A_weak_one_is_refused(string? passcode)
    {
        var refusal = PasscodeStrength.Check(passcode, "03", Rule);
        Assert.Equal(
            (RefusalKind.Invalid, "weak_passcode", "passcode"),
            (refusal!.Kind, refusal.Code, refusal.Field)
        );
    }

    [Fact]
    public void The_operators_own_number_is_refused_inside_a_passcode_unless_it_is_too_short_to_matter()
    {
        Assert.NotNull(PasscodeStrength.Check("480317", "0317", Rule));
        Assert.Null(PasscodeStrength.Check("480317", "03", Rule));
        Assert.Null(PasscodeStrength.Check("480317", "", Rule));
    }

    [Fact]
    public void A_reused_one_is_named_so() =>
        Assert.Contains("last 4", PasscodeStrength.Reused(Rule).Detail, StringComparison.Ordinal);

    [Fact]
    public void A_verifier_knows_its_passcode_and_needs_the_terminals_secret()
    {
        byte[] secret = [1, 2, 3];
        var verifier = PasscodeVerifier.Create("482917", new byte[16], secret, 10);

        Assert.True(verifier.Matches("482917", secret));
        Assert.False(verifier.Matches("482918", secret));
        Assert.False(verifier.Matches("482917", [1, 2, 4]));
        Assert.False((verifier with { Iterations = 11 }).Matches("482917", secret));
        Assert.False((verifier with { Salt = new byte[15] }).Matches("482917", secret));
    }
}
