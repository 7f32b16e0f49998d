using Tillkeeper.Core.Locks;
using Tillkeeper.Fleet.Worlds;

namespace Tillkeeper.Fleet.Tests.Worlds;

/// <summary>R7: nobody who does nothing wrong is locked, and the world that shows it is not too tame to show anything.</summary>
public sealed class HonestShopTests(ITestOutputHelper output)
{
    private const int Seed = 20260301;

    [Fact]
    public void A_million_valid_actions_lock_nobody()
    {
        var run = HonestShop.Run(Seed, 1_000_000, StrictPolicy.Locking);

        output.WriteLine(run.Tally.ToString());
        output.WriteLine($"{run.Tally.Total} valid actions, {run.Locks.Count} false locks");
        Assert.True(run.Tally.Total >= 1_000_000);
        Assert.Empty(run.Locks);
    }

    [Fact]
    public void With_every_threshold_halved_the_same_days_produce_locks()
    {
        var run = HonestShop.Run(Seed, 200_000, StrictPolicy.Halved);

        var causes = run.Locks.Select(l => l.Cause).ToHashSet();
        output.WriteLine(string.Join(", ", run.Locks.CountBy(l => l.Code)));
        Assert.Superset(
            new HashSet<Cause>
            {
                Cause.WrongPassword,
                Cause.CustomerPin,
                Cause.HardwareFault,
                Cause.NetworkUnstable,
                Cause.Anomaly,
            },
            causes
        );
    }

    [Fact]
    public void The_mix_holds_every_kind_of_valid_action()
    {
        var run = HonestShop.Run(Seed, 100_000, StrictPolicy.Locking);

        string[] kinds =
        [
            "passcode mistyped",
            "name mistyped",
            "signed in",
            "left the till",
            "paid by card",
            "paid by QR",
            "was declined",
            "cancelled",
            "mistyped the PIN",
            "forgot the PIN for good",
            "brought something back",
            "refunds after a holiday",
            "queue at noon",
            "closed the batch",
            "restarted",
            "switched off for the night",
            "parts tested",
            "plug out for a moment",
            "network measured",
            "router started again",
            "server looked after",
        ];
        Assert.All(kinds, kind => Assert.True(run.Tally.Of(kind) > 0, kind));
    }

    [Fact]
    public void The_same_seed_lives_the_same_days()
    {
        var first = HonestShop.Run(7, 50_000, StrictPolicy.Halved);
        var second = HonestShop.Run(7, 50_000, StrictPolicy.Halved);

        Assert.Equal(first.Tally.ToString(), second.Tally.ToString());
        Assert.Equal(first.Locks.Select(l => l.Id), second.Locks.Select(l => l.Id));
    }
}
