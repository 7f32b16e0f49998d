using Tillkeeper.Core.Device;

namespace Tillkeeper.Fleet.Worlds;

/// <summary>People who work at a till: they sign in, mistype now and then, leave it and come back.</summary>
internal sealed class HonestStaff
{
    private static readonly string[] Names = ["m1", "c1", "c2", "c3"];
    private readonly SimulatedTill till;
    private readonly Random random;
    private readonly Tally tally;

    public HonestStaff(SimulatedTill till, Random random, Tally tally)
    {
        (this.till, this.random, this.tally) = (till, random, tally);
        till.Do(new SetUp(Names[0], Name(Names[0]), Passcode()));
        foreach (var name in Names.Skip(1))
        {
            till.Do(new AddOperator(name, OperatorRole.Cashier, Name(name)));
            till.Do(new SetPasscode(name, Passcode(), false));
        }
    }

    /// <summary>Somebody signs in. One in fifty mistypes, a few of them two or three times; then the right passcode.</summary>
    public void SignIn()
    {
        var who = Names[random.Next(Names.Length)];
        var mistakes = random.Next(2000) switch
        {
            < 3 => 3,
            < 10 => 2,
            < 40 => 1,
            _ => 0,
        };
        for (var i = 0; i < mistakes; i++)
        {
            tally.Count("passcode mistyped");
            Try(who, right: false);
            till.Pass(TimeSpan.FromSeconds(random.Next(5, 30)));
        }
        tally.Count("signed in");
        Try(who, right: true);
    }

    /// <summary>A name that nobody bears, typed by a thumb that slipped; then the right one.</summary>
    public void MistypeName()
    {
        tally.Count("name mistyped");
        Try("nobody", right: false);
        till.Pass(TimeSpan.FromSeconds(10));
        SignIn();
    }

    /// <summary>The lock key, a walk to the store room, the passcode.</summary>
    public void Leave()
    {
        tally.Count("left the till");
        till.Do(new LockAway(till.NewId(), "key"));
        till.Pass(TimeSpan.FromMinutes(random.Next(1, 20)));
        SignIn();
    }

    private void Try(string who, bool right)
    {
        if (till.Do(new BeginAttempt(who)) is null)
        {
            till.Do(new EndAttempt(who, right, till.NewId()));
        }
    }

    private static OperatorSecret Name(string name) => new([1], Name: name);

    private static OperatorSecret Passcode() => new([2], Verifier: new([3], 1, [4]));
}
