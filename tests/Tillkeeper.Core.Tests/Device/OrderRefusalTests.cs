using System.Collections.Immutable;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Orders;
using Tillkeeper.Core.Policies;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Core.Tests.Device;

/// <summary>Orders that must not have their effect (B3).</summary>
public sealed class OrderRefusalTests
{
    private const string LockId = "S000000001";
    private readonly Till till = Till.Staffed();

    private void Refuses(string code, Order order)
    {
        var before = till.State;
        Assert.Equal(code, till.Code(new ApplyOrder(order)));
        Assert.Same(before, till.State);
    }

    private void UsesUp(string code, Order order, KeySet? keys = null)
    {
        var before = till.State;
        Assert.Equal(
            new OrderRefused(order.Number, order.Kind, code, order.LockId),
            till.Apply(order, keys)
        );
        Assert.Equal(before.LastOrder + 1, till.State.LastOrder);
        Assert.Equal(before.Locks, till.State.Locks);
        Assert.Equal(before with { LastOrder = 0 }, till.State with { LastOrder = 0 });
    }

    [Fact]
    public void An_order_for_another_terminal_changes_nothing() =>
        Refuses("foreign_order", till.LockOrder(LockId) with { Terminal = "0000000000" });

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void An_order_of_another_epoch_changes_nothing(int epoch) =>
        Refuses("foreign_epoch", till.LockOrder(LockId) with { Epoch = epoch });

    [Fact]
    public void A_replayed_order_changes_nothing()
    {
        var locking = till.LockOrder(LockId);
        till.Apply(locking);
        var releasing = till.ReleaseOrder(LockId);
        till.Apply(releasing);
        till.Apply(till.LockOrder("S000000002"));

        Refuses("replayed_order", locking);
        Refuses("replayed_order", releasing);
        Refuses("replayed_order", locking with { Number = 0 });
        Refuses("replayed_order", locking with { Number = -1 });
    }

    [Fact]
    public void An_order_ahead_of_its_turn_changes_nothing() =>
        Refuses("order_out_of_turn", till.LockOrder(LockId) with { Number = 2 });

    [Fact]
    public void An_expired_order_uses_up_its_number_without_effect()
    {
        till.Apply(till.LockOrder(LockId));
        UsesUp(
            "expired",
            till.ReleaseOrder(LockId) with
            {
                ExpiresAt = till.Real - TimeSpan.FromMilliseconds(1),
            }
        );
        Assert.IsType<OrderApplied>(
            till.Apply(till.ReleaseOrder(LockId) with { ExpiresAt = till.Real })
        );
        Assert.Empty(till.State.Locks);
    }

    [Fact]
    public void Without_trusted_time_numbers_alone_decide()
    {
        till.HearsNothing();
        till.Apply(till.LockOrder(LockId));
        till.Apply(till.ReleaseOrder(LockId) with { ExpiresAt = DateTimeOffset.UnixEpoch });
        Assert.Empty(till.State.Locks);
    }

    [Fact]
    public void A_lock_order_never_expires()
    {
        till.Apply(till.LockOrder(LockId) with { ExpiresAt = DateTimeOffset.UnixEpoch });
        Assert.Single(till.State.Locks);
    }

    [Fact]
    public void An_order_of_unknown_kind_uses_up_its_number() =>
        UsesUp("unknown_kind", till.Next("self_destruct") with { LockId = LockId });

    [Fact]
    public void An_order_without_its_content_uses_up_its_number()
    {
        foreach (
            var kind in (string[])
                [
                    OrderKind.Lock,
                    OrderKind.Release,
                    OrderKind.PasscodeReset,
                    OrderKind.Policy,
                    OrderKind.KeySet,
                ]
        )
        {
            UsesUp("incomplete_order", till.Next(kind));
        }
        UsesUp("incomplete_order", till.Next(OrderKind.Lock) with { LockId = LockId });
        UsesUp("incomplete_order", till.Next(OrderKind.Release) with { LockId = LockId });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    public void A_policy_that_is_not_newer_uses_up_its_number(long version) =>
        UsesUp(
            "stale_policy",
            till.Next(OrderKind.Policy) with
            {
                Policy = new Policy
                {
                    Version = version,
                    Support = new() { Phone = "1" },
                },
            }
        );

    [Fact]
    public void A_policy_that_would_switch_off_the_counting_is_refused() =>
        UsesUp(
            "invalid_policy",
            till.Next(OrderKind.Policy) with
            {
                Policy = new Policy
                {
                    Version = 2,
                    WrongPassword = new() { Attempts = 0 },
                },
            }
        );

    [Fact]
    public void A_newer_policy_comes_into_force()
    {
        var policy = new Policy
        {
            Version = 2,
            WrongPassword = new() { Attempts = 3 },
        };
        till.Apply(till.Next(OrderKind.Policy) with { Policy = policy });
        Assert.Equal(policy, till.State.Policy);
        till.Wrong(Till.Cashier, 3);
        Assert.Single(till.State.Locks);
    }

    [Fact]
    public void A_key_set_that_is_not_newer_or_not_the_CAs_uses_up_its_number()
    {
        till.State = till.State with { KeySetVersion = 4 };
        UsesUp("stale_key_set", till.Next(OrderKind.KeySet) with { KeySet = "forged" });
        UsesUp(
            "stale_key_set",
            till.Next(OrderKind.KeySet) with
            {
                KeySet = "old",
            },
            new KeySet(4, ImmutableArray<OrderKey>.Empty)
        );
        till.Apply(till.Next(OrderKind.KeySet) with { KeySet = "new" }, new KeySet(5, []));
        Assert.Equal(("new", 5), (till.State.KeySet, till.State.KeySetVersion));
    }

    [Fact]
    public void A_release_by_a_way_out_that_the_lock_does_not_have_uses_up_its_number()
    {
        till.Apply(till.LockOrder(LockId));
        UsesUp("way_out_not_available", till.ReleaseOrder(LockId, WayOut.MaintenanceDone));
        UsesUp("way_out_not_available", till.ResetOrder(LockId));
    }

    [Fact]
    public void An_order_is_neither_a_wait_nor_a_sign_in_nor_a_code()
    {
        till.Wrong(Till.Cashier, 5);
        var id = till.TheLock().Id;
        foreach (var way in till.TheLock().WaysOut.Without(WayOut.Passkey))
        {
            UsesUp("way_out_not_available", till.ReleaseOrder(id, way));
        }
    }

    [Fact]
    public void Nothing_releases_a_tampered_terminal()
    {
        var order = till.LockOrder(LockId, Cause.Tamper);
        till.Apply(order with { Lock = order.Lock! with { WaysOut = EnumSet<WayOut>.All } });

        foreach (var way in Enum.GetValues<WayOut>())
        {
            UsesUp("way_out_not_available", till.ReleaseOrder(LockId, way));
        }
        UsesUp("way_out_not_available", till.ResetOrder(LockId));
        Assert.Equal("way_out_not_available", till.Code(new BeginCode(LockId)));
        Assert.Equal("locked", till.Right(Till.Manager));
        till.Pass(TimeSpan.FromDays(400));
        till.PowerCut(TimeSpan.FromDays(400), hears: true);
        Assert.Equal("locked", till.Right(Till.Manager));
    }
}
