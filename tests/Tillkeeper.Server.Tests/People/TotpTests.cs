using System.Text;
using Tillkeeper.Server.People.SignIn;

namespace Tillkeeper.Server.Tests.People;

/// <summary>RFC 6238 and RFC 4226, with their own vectors.</summary>
public sealed class TotpTests
{
    private static readonly byte[] Secret = Encoding.ASCII.GetBytes("12345678901234567890");

    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_the_standard(long seconds, string code) =>
        Assert.Equal(code, Totp.CodeAt(Secret, seconds / 30));

    [Fact]
    public void A_code_counts_a_step_early_and_a_step_late_and_no_further()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);
        var step = now.ToUnixTimeSeconds() / 30;
        Assert.All(
            [-1, 0, 1],
            off =>
                Assert.Equal(
                    step + off,
                    Totp.StepOf(Totp.CodeAt(Secret, step + off), Secret, now, 0)
                )
        );
        Assert.All(
            [-2, 2],
            off => Assert.Null(Totp.StepOf(Totp.CodeAt(Secret, step + off), Secret, now, 0))
        );
    }

    [Fact]
    public void A_code_that_was_used_and_every_one_before_it_count_no_more()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);
        var step = now.ToUnixTimeSeconds() / 30;
        Assert.Null(Totp.StepOf(Totp.CodeAt(Secret, step), Secret, now, step));
        Assert.Null(Totp.StepOf(Totp.CodeAt(Secret, step - 1), Secret, now, step));
        Assert.Equal(step + 1, Totp.StepOf(Totp.CodeAt(Secret, step + 1), Secret, now, step));
    }

    [Fact]
    public void A_secret_is_spelled_as_authenticators_read_it() =>
        Assert.Equal("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", Totp.Spell(Secret));
}
