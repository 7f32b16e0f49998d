using Tillkeeper.Core.Codes;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Orders;
using Tillkeeper.Core.Policies;

namespace Tillkeeper.Core.Tests.Device;

/// <summary>
/// Invariant 3: a lock ends only by one of its own ways out. Seeded sequences of everything that can be asked of a terminal, honest and
/// hostile; after each command, every lock that is gone must have ended by a way it had, through the command that is that way.
/// </summary>
public sealed class OnlyWaysOutTests
{
    private const int Sequences = 2_000;
    private const int Steps = 60;

    [Fact]
    public void Nothing_but_its_own_ways_out_removes_a_lock()
    {
        Dictionary<WayOut, int> seen = [];
        for (var seed = 0; seed < Sequences; seed++)
        {
            var random = new Random(seed);
            var till = Till.Staffed();
            List<Order> sent = [];
            for (var step = 0; step < Steps; step++)
            {
                var before = till.State.Locks;
                var journalled = till.Journal.Count;
                if (random.Next(6) == 0)
                {
                    Disturb(till, random);
                }
                var command = Anything(till, random, sent);
                till.Do(command);
                foreach (var (id, standing) in before)
                {
                    if (!till.State.Locks.ContainsKey(id))
                    {
                        var way = Explain(till, journalled, standing, command);
                        seen[way] = seen.GetValueOrDefault(way) + 1;
                    }
                }
            }
        }
        Assert.Superset(
            new HashSet<WayOut>
            {
                WayOut.Wait,
                WayOut.SignIn,
                WayOut.ManagerSignIn,
                WayOut.PasswordReset,
                WayOut.OfflineCode,
                WayOut.ProviderRelease,
                WayOut.MaintenanceDone,
            },
            seen.Keys.ToHashSet()
        );
    }

    private static WayOut Explain(
        Till till,
        int journalled,
        DeviceLock gone,
        IDeviceCommand command
    )
    {
        var ended = Assert.Single(
            till.Journal.Skip(journalled).OfType<LockEnded>(),
            e => e.LockId == gone.Lock.Id
        );
        Assert.Contains(ended.WayOut, gone.Lock.WaysOut);
        Assert.NotEqual(Cause.Tamper, gone.Lock.Cause);
        var fits = ended.WayOut switch
        {
            WayOut.Wait => till.Real - gone.Lock.Since >= TimeSpan.FromMinutes(30),
            WayOut.SignIn => command is EndAttempt { Right: true },
            WayOut.ManagerSignIn => command is EndAttempt { Right: true, Operator: Till.Manager },
            WayOut.OfflineCode => command is EndCode { Effect: not null },
            WayOut.PasswordReset => command is ApplyOrder { Order.Kind: OrderKind.PasscodeReset },
            _ => command is ApplyOrder { Order: { Kind: OrderKind.Release } o }
                && o.WayOut == ended.WayOut
                && o.Terminal == Till.Id
                && o.Epoch == till.State.Epoch
                && o.Number == till.State.LastOrder
                && o.LockId == gone.Lock.Id,
        };
        Assert.True(fits, $"{command} ended {gone.Lock} by {ended.WayOut}");
        return ended.WayOut;
    }

    private static void Disturb(Till till, Random random)
    {
        switch (random.Next(4))
        {
            case 0:
                till.Pass(TimeSpan.FromMinutes(random.Next(20)));
                break;
            case 1:
                till.PowerCut(TimeSpan.FromMinutes(random.Next(20)), hears: random.Next(2) == 0);
                break;
            case 2:
                till.HearsNothing();
                break;
            default:
                till.Hears();
                break;
        }
    }

    private static IDeviceCommand Anything(Till till, Random random, List<Order> sent)
    {
        string[] people = [Till.Manager, Till.Cashier, "stranger"];
        var someone = till.State.OpenAttempt ?? people[random.Next(people.Length)];
        string[] locks = [.. till.State.Locks.Keys, "S000000001", "S000000002"];
        var some = locks[random.Next(locks.Length)];
        return random.Next(12) switch
        {
            0 or 1 or 2 => till.State.OpenAttempt is null
                ? new BeginAttempt(someone)
                : new EndAttempt(someone, random.Next(5) == 0, till.NewLockId()),
            3 => new IssueChallenge(some, "AAAAA"),
            4 => new BeginCode(some),
            5 when random.Next(4) == 0 => new EndCode(some, (CodeEffect)random.Next(2)),
            5 => new EndCode(some, null),
            6 => new LockAway(till.NewLockId(), "key"),
            7 => new SetPasscode(someone, Till.Passcode(), random.Next(3) == 0),
            8 => new BookTime(),
            9 when random.Next(3) == 0 => new AddOperator(
                someone,
                OperatorRole.Manager,
                Till.Name("99")
            ),
            9 => new SetUp("x", Till.Name("77"), Till.Passcode()),
            _ => new ApplyOrder(AnyOrder(till, random, sent, some)),
        };
    }

    private static Order AnyOrder(Till till, Random random, List<Order> sent, string lockId)
    {
        if (sent.Count > 0 && random.Next(3) == 0)
        {
            return sent[random.Next(sent.Count)];
        }
        var causes = Enum.GetValues<Cause>();
        var order = random.Next(6) switch
        {
            0 or 1 => till.LockOrder(
                $"S00000000{random.Next(4)}",
                causes[random.Next(causes.Length)]
            ),
            2 or 3 => till.ReleaseOrder(
                lockId,
                (WayOut)random.Next(Enum.GetValues<WayOut>().Length)
            ),
            4 => till.ResetOrder(lockId),
            _ => till.Next(OrderKind.Policy) with
            {
                Policy = new Policy { Version = till.State.Policy.Version + random.Next(3) - 1 },
            },
        };
        sent.Add(order);
        return random.Next(8) switch
        {
            0 => order with { Terminal = "0000000000" },
            1 => order with { Epoch = till.State.Epoch + 1 },
            2 => order with { Number = order.Number + random.Next(3) - 1 },
            3 => order with { ExpiresAt = till.Real.AddMinutes(random.Next(3) - 1) },
            _ => order,
        };
    }
}
