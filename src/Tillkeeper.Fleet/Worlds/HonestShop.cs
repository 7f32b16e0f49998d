using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Policies;

namespace Tillkeeper.Fleet.Worlds;

/// <summary>What a run of honest shops came to.</summary>
/// <param name="Tally">What was done.</param>
/// <param name="Locks">Locks that nobody asked for: each is a false one.</param>
internal sealed record HonestRun(Tally Tally, IReadOnlyList<Lock> Locks)
{
    /// <summary>The lock key is asked for; whatever else stands in an honest shop is a fault of the rules.</summary>
    public static bool IsFalse(Lock begun) => begun.Cause != Cause.Away;
}

/// <summary>
/// Shops where nobody does anything wrong, only what people and machines do on any day. Not one lock may come of it (R7); with every
/// threshold halved some must, or the world would be too tame to show anything.
/// </summary>
internal static class HonestShop
{
    private const int ActionsInShop = 20_000;

    /// <param name="actions">At least so many, over as many shops as that takes.</param>
    /// <param name="progress">Told how many are done.</param>
    public static HonestRun Run(
        int seed,
        long actions,
        Policy policy,
        Action<long>? progress = null
    )
    {
        Tally tally = new();
        List<Lock> locks = [];
        var shop = 0;
        while (tally.Total < actions)
        {
            Live(
                new Random(SeedOf(seed, shop++)),
                tally,
                locks,
                policy,
                tally.Total + ActionsInShop
            );
            progress?.Invoke(tally.Total);
        }
        return new HonestRun(tally, locks);
    }

    private static void Live(
        Random random,
        Tally tally,
        List<Lock> locks,
        Policy policy,
        long until
    )
    {
        var till = new SimulatedTill(random, policy);
        var staff = new HonestStaff(till, random, tally);
        var customers = new HonestCustomers(till, random, tally);
        var machine = new HonestMachine(till, random, tally);
        var network = new HonestNetwork(till, random, tally);
        till.Happened = happened =>
        {
            if (happened is LockBegun { Lock: var begun } && HonestRun.IsFalse(begun))
            {
                locks.Add(begun);
            }
        };
        while (tally.Total < until)
        {
            Day(till, staff, customers, machine, network, random);
        }
    }

    /// <summary>From eight in the morning to ten at night, UTC+8.</summary>
    private static void Day(
        SimulatedTill till,
        HonestStaff staff,
        HonestCustomers customers,
        HonestMachine machine,
        HonestNetwork network,
        Random random
    )
    {
        var evening = till.Time.AddHours(14);
        machine.Morning();
        staff.SignIn();
        while (till.Time < evening)
        {
            switch (random.Next(1000))
            {
                case < 50:
                    staff.SignIn();
                    break;
                case < 55:
                    staff.MistypeName();
                    break;
                case < 65:
                    staff.Leave();
                    break;
                case < 75:
                    customers.BringBack();
                    break;
                case 75:
                    customers.BringBackTogether();
                    break;
                case 76:
                    customers.Queue();
                    break;
                case < 90:
                    machine.Act();
                    break;
                case < 110:
                    network.FiveMinutes();
                    break;
                default:
                    customers.Pay();
                    break;
            }
            till.ReleaseWhatPeopleMay();
            till.Pass(TimeSpan.FromSeconds(random.Next(20, 240)));
            till.Do(new BookTime());
        }
        customers.CloseBatch();
        machine.Night(evening.AddHours(10) - till.Time);
    }

    /// <summary>One seed for each shop, the same in every run.</summary>
    private static int SeedOf(int seed, int shop) => unchecked((seed * 397) ^ (shop * 7919));
}
