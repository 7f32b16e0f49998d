using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Orders;

namespace Tillkeeper.Core.Tests.Device;

public sealed class LockOrderTests
{
    private const string LockId = "S000000001";
    private readonly Till till = Till.Staffed();

    [Fact]
    public void A_lock_order_puts_up_exactly_what_it_says()
    {
        var order = till.Next(OrderKind.Lock) with
        {
            LockId = LockId,
            Lock = new OrderedLock
            {
                Cause = Cause.Remote,
                Scope = [Capability.Refund],
                WaysOut = [WayOut.ProviderRelease],
                Since = till.Real,
                ExpectedEnd = till.Real.AddHours(1),
                Message = "Call us.",
            },
        };

        Assert.Equal(new OrderApplied(1, "lock", LockId), till.Apply(order));
        Assert.Equal(
            new Lock
            {
                Id = LockId,
                Cause = Cause.Remote,
                Subject = Subject.Terminal,
                Scope = [Capability.Refund],
                WaysOut = [WayOut.ProviderRelease],
                Owner = LockOwner.Server,
                Status = LockStatus.Confirmed,
                Since = order.Lock.Since,
                ExpectedEnd = order.Lock.ExpectedEnd,
                Message = "Call us.",
            },
            till.TheLock()
        );
        Assert.False(Verdict.Of(till.State.ActiveLocks, Capability.Refund).Allow);
        Assert.True(Verdict.Of(till.State.ActiveLocks, Capability.CardPayment).Allow);
    }

    [Fact]
    public void The_same_lock_ordered_again_is_applied_without_change()
    {
        till.Apply(till.LockOrder(LockId));
        var before = till.State.Locks;
        till.Pass(TimeSpan.FromHours(1));

        var events = till.Do(new ApplyOrder(till.LockOrder(LockId, Cause.Away)));

        Assert.Equal(new OrderApplied(2, "lock", LockId), Assert.Single(events));
        Assert.Equal(before, till.State.Locks);
    }

    [Fact]
    public void A_release_ends_its_lock_and_no_other()
    {
        till.Apply(till.LockOrder(LockId));
        till.Apply(till.LockOrder("S000000002", Cause.Anomaly));
        till.Apply(till.LockOrder("S000000003"));

        till.Apply(till.ReleaseOrder("S000000002"));

        Assert.Equal([LockId, "S000000003"], till.State.Locks.Keys);
    }

    [Fact]
    public void A_release_of_a_lock_that_is_not_there_is_applied_without_effect()
    {
        var events = till.Do(new ApplyOrder(till.ReleaseOrder(LockId)));
        Assert.IsType<OrderApplied>(Assert.Single(events));
    }

    [Fact]
    public void A_server_lock_that_blocks_signing_in_is_no_reason_to_count()
    {
        till.Apply(till.LockOrder(LockId));
        Assert.Equal("locked", till.Wrong(Till.Cashier));
        Assert.Equal(0, till.State.FailuresOf(Till.Cashier));
    }

    [Fact]
    public void A_manager_signing_in_ends_no_lock_of_the_provider()
    {
        till.Apply(till.LockOrder(LockId, Cause.NetworkAnomaly));
        till.Right(Till.Manager);
        Assert.Single(till.State.Locks);
    }

    [Fact]
    public void Every_cause_can_be_ordered_and_ended_by_each_way_out_that_an_order_may_use()
    {
        foreach (var rule in LockTable.All)
        {
            foreach (var way in rule.WaysOut.And(LockTable.ByRelease))
            {
                till.Apply(till.LockOrder(LockId, rule.Cause));
                var last = till.Apply(till.ReleaseOrder(LockId, way));
                Assert.Equal(rule.Cause != Cause.Tamper, last is OrderApplied);
                Assert.Equal(rule.Cause == Cause.Tamper, till.State.Locks.ContainsKey(LockId));
                till.State = till.State with { Locks = till.State.Locks.Clear() };
            }
        }
    }
}
