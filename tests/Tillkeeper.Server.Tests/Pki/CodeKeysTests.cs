using Tillkeeper.Core.Codes;
using Tillkeeper.Core.Locks;

namespace Tillkeeper.Server.Tests.Pki;

public sealed class CodeKeysTests : IDisposable
{
    private readonly PkiWorld world = new();

    public void Dispose() => world.Dispose();

    [Fact]
    public void A_terminals_key_is_the_same_after_a_restart() =>
        Assert.Equal(
            world.LoadCodeKeys().For(PkiWorld.Terminal, 1),
            world.LoadCodeKeys().For(PkiWorld.Terminal, 1)
        );

    [Fact]
    public void Every_terminal_and_epoch_has_a_key_of_its_own()
    {
        var keys = world.LoadCodeKeys();
        (string, int)[] owners =
        [
            (PkiWorld.Terminal, 1),
            (PkiWorld.Terminal, 2),
            (PkiWorld.Terminal, 11),
            ("7Q2M4K9X1C", 1),
        ];
        var made = owners.Select(o => Convert.ToHexString(keys.For(o.Item1, o.Item2))).ToArray();

        Assert.Distinct(made);
        Assert.All(made, key => Assert.Equal(64, key.Length));
        using var other = new PkiWorld();
        Assert.NotEqual(
            keys.For(PkiWorld.Terminal, 1),
            other.LoadCodeKeys().For(PkiWorld.Terminal, 1)
        );
    }

    [Fact]
    public void A_challenge_made_under_one_epoch_does_not_open_under_the_next()
    {
        var keys = world.LoadCodeKeys();
        var challenge = new Challenge(
            Cause.WrongPassword,
            PkiWorld.Terminal,
            "0123456789",
            "ABCDE"
        );
        var text = challenge.Text(keys.For(PkiWorld.Terminal, 1));

        Assert.Equal(challenge, Challenge.Open(text, keys.For(PkiWorld.Terminal, 1)));
        Assert.Null(Challenge.Open(text, keys.For(PkiWorld.Terminal, 2)));
    }
}
