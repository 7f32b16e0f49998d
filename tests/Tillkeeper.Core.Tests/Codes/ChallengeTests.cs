using Tillkeeper.Core.Codes;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Tests.Orders;

namespace Tillkeeper.Core.Tests.Codes;

public sealed class ChallengeTests
{
    private static readonly Challenge Shown = new(
        Cause.WrongPassword,
        "7Q2M4K9X1B",
        "T000000001",
        "N0NCE"
    );

    [Fact]
    public void It_says_cause_terminal_lock_and_nonce_in_32_characters()
    {
        foreach (var cause in Enum.GetValues<Cause>())
        {
            var text = (Shown with { Cause = cause }).Text(TestKeys.Code);
            Assert.Equal(32, text.Length);
            Assert.Equal(Shown with { Cause = cause }, Challenge.Open(text, TestKeys.Code));
            Assert.Equal("7Q2M4K9X1B", Challenge.TerminalOf(text));
        }
    }

    [Fact]
    public void It_is_read_however_it_is_typed()
    {
        var text = Shown.Text(TestKeys.Code);
        Assert.Equal(Shown, Challenge.Open(Crockford.Grouped(text), TestKeys.Code));
        Assert.Equal(Shown, Challenge.Open($" {text.ToLowerInvariant()} ", TestKeys.Code));
        Assert.Equal(
            Shown,
            Challenge.Open(text.Replace('0', 'o').Replace('1', 'l'), TestKeys.Code)
        );
    }

    [Fact]
    public void One_wrong_character_or_another_key_is_noticed()
    {
        var text = Shown.Text(TestKeys.Code);
        for (var i = 0; i < text.Length; i++)
        {
            var typo = text.ToCharArray();
            typo[i] = typo[i] == '7' ? '8' : '7';
            Assert.Null(Challenge.Open(new string(typo), TestKeys.Code));
        }
        Assert.Null(Challenge.Open(text, new byte[32]));
        Assert.Null(Challenge.Open(text[..^1], TestKeys.Code));
        Assert.Null(Challenge.Open(text + "0", TestKeys.Code));
        Assert.Null(Challenge.Open(null, TestKeys.Code));
        Assert.Null(Challenge.TerminalOf("7Q2M"));
        Assert.Null(Challenge.TerminalOf(null));
    }

    [Fact]
    public void A_cause_that_this_version_does_not_know_is_refused() =>
        Assert.Null(
            Challenge.Open((Shown with { Cause = (Cause)31 }).Text(TestKeys.Code), TestKeys.Code)
        );
}
