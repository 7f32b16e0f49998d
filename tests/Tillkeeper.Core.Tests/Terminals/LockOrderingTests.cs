using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Orders;
using Tillkeeper.Core.Policies;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Core.Tests.Device;

namespace Tillkeeper.Core.Tests.Terminals;

/// <summary>Locks and releases from the order to the terminal's confirmation (B6).</summary>
public sealed class LockOrderingTests
{
    private const string Id = "S000000001";
    private readonly Line line = Line.Enrolled();

    [Fact]
    public void A_lock_is_pending_until_the_terminal_has_applied_it()
    {
        line.Lock(Id);
        Assert.Equal(LockStatus.Pending, line.The(Id).Status);
        Assert.False(Verdict.Of(line.State.ActiveLocks, Capability.CardPayment).Allow);
        line.Sync();
        Assert.Equal(LockStatus.Confirmed, line.The(Id).Status);
        Assert.Empty(line.State.OpenOrders);
    }

    [Fact]
    public void A_release_is_releasing_until_the_terminal_has_applied_it()
    {
        line.Lock(Id);
        line.Sync();
        Assert.Null(line.Release(Id));
        Assert.Equal(LockStatus.Releasing, line.The(Id).Status);
        Assert.False(Verdict.Of(line.State.ActiveLocks, Capability.CardPayment).Allow);
        Assert.Equal("already_releasing", line.Release(Id));
        line.Sync();
        Assert.Empty(line.State.Locks);
        Assert.Equal("not_found", line.Release(Id));
    }

    [Fact]
    public void A_release_overtaking_the_confirmation_still_ends_the_lock()
    {
        line.Lock(Id);
        line.Release(Id);
        Assert.Equal(LockStatus.Releasing, line.The(Id).Status);
        line.Sync();
        Assert.Empty(line.State.Locks);
        Assert.Empty(line.Till.State.Locks);
    }

    [Fact]
    public void An_id_is_used_once_and_a_batch_and_a_scope_are_kept()
    {
        line.Do(
            new OrderLock(
                Id,
                Cause.Remote,
                [Capability.Refund],
                "why",
                "hello",
                line.Now.AddDays(1),
                "b1"
            )
        );
        Assert.Equal(
            "lock_exists",
            line.Code(new OrderLock(Id, Cause.Remote, null, "", null, null))
        );
        Assert.Equal("b1", line.State.Locks[Id].BatchId);
        line.Sync();
        var standing = line.Till.TheLock();
        Assert.Equal([Capability.Refund], standing.Scope);
        Assert.Equal("hello", standing.Message);
        Assert.Equal(line.The(Id).ExpectedEnd, standing.ExpectedEnd);
    }

    [Fact]
    public void Releasing_one_lock_releases_no_other()
    {
        line.Lock(Id);
        line.Lock("S000000002", Cause.Anomaly);
        line.Sync();
        line.Release(Id);
        line.Sync();
        Assert.Equal(["S000000002"], line.State.Locks.Keys);
        Assert.Equal(["S000000002"], line.Till.State.Locks.Keys);
    }

    [Theory]
    [InlineData(Cause.LocationAnomaly)]
    [InlineData(Cause.Binding)]
    [InlineData(Cause.StateUnknown)]
    public void Two_different_people_are_needed_where_one_must_not(Cause cause)
    {
        line.Lock(Id, cause);
        line.Sync();
        Assert.Equal("second_person_required", line.Release(Id, "anna"));
        Assert.Equal("anna", line.State.Locks[Id].RequestedBy);
        var events = line.Log.Count;
        Assert.Equal("second_person_required", line.Release(Id, "anna"));
        Assert.Equal(events, line.Log.Count);
        Assert.Equal(LockStatus.Confirmed, line.The(Id).Status);
        Assert.Null(line.Release(Id, "boris"));
        Assert.Equal(["anna", "boris"], line.Log.OfType<ReleaseOrdered>().Single().People);
        line.Sync();
        Assert.Empty(line.State.Locks);
    }

    [Fact]
    public void The_first_ones_request_lapses_after_a_day_and_releases_nothing_by_surprise()
    {
        line.Lock(Id, Cause.Binding);
        line.Sync();
        Assert.Equal("second_person_required", line.Release(Id, "anna"));
        line.Till.Pass(LockOrders.SecondPersonWithin);
        Assert.Equal("second_person_required", line.Release(Id, "boris"));
        Assert.Equal("boris", line.State.Locks[Id].RequestedBy);
        line.Till.Pass(LockOrders.SecondPersonWithin - TimeSpan.FromSeconds(1));
        Assert.Null(line.Release(Id, "anna"));
        Assert.Equal(["boris", "anna"], line.Log.OfType<ReleaseOrdered>().Single().People);
    }

    [Fact]
    public void A_release_by_a_way_out_that_is_not_the_locks_or_not_the_providers_is_refused()
    {
        line.Lock(Id);
        foreach (var way in Enum.GetValues<WayOut>().Where(w => w != WayOut.ProviderRelease))
        {
            Assert.Equal("way_out_not_available", line.Release(Id, way: way));
        }
        line.Till.Wrong(Till.Cashier, 5);
        line.Sync();
        var pause = line.State.ActiveLocks.Single(l => l.Cause == Cause.WrongPassword);
        foreach (var way in pause.WaysOut.Without(WayOut.Passkey))
        {
            Assert.Equal("way_out_not_available", line.Release(pause.Id, way: way));
        }
    }

    [Fact]
    public void A_replacement_ends_a_lock_with_the_next_enrolment()
    {
        line.Lock(Id, Cause.Binding);
        line.Release(Id, "anna", WayOut.Replacement);
        Assert.Null(line.Release(Id, "boris", WayOut.Replacement));
        Assert.DoesNotContain(line.State.OpenOrders, o => o.Kind == OrderKind.Release);
        line.Enrol();
        Assert.Empty(line.State.Locks);
    }

    [Fact]
    public void A_reset_ends_its_lock_at_both_ends()
    {
        line.Till.Wrong(Till.Cashier, 5);
        line.Sync();
        var id = Assert.Single(line.State.Locks).Key;
        Assert.Null(line.Code(new OrderPasscodeReset(id, "desk", "proven", "case1")));
        Assert.Equal(LockStatus.Releasing, line.The(id).Status);
        Assert.Null(line.Code(new OrderPasscodeReset(id, "desk", "proven", "case1")));
        line.Sync();
        Assert.Empty(line.State.Locks);
        Assert.NotNull(line.Till.State.Operators[Till.Cashier].Grant);
    }

    [Fact]
    public void A_reset_may_be_for_a_lock_that_the_server_never_heard_of()
    {
        line.Till.Wrong(Till.Cashier, 5);
        var id = line.Till.TheLock().Id;
        Assert.Null(line.Code(new OrderPasscodeReset(id, "desk", "proven", "case1")));
        line.Sync();
        Assert.Empty(line.Till.State.Locks);
        Assert.Empty(line.State.Locks);
    }

    [Fact]
    public void A_reset_is_refused_for_a_lock_it_cannot_end_and_for_a_terminal_that_is_not_enrolled()
    {
        line.Lock(Id);
        var reset = new OrderPasscodeReset(Id, "desk", "proven", "case1");
        Assert.Equal("way_out_not_available", line.Code(reset));
        line.Do(new RevokeTerminal("stolen"));
        Assert.Equal("not_enrolled", line.Code(reset));
    }

    [Fact]
    public void Releases_expire_and_what_must_reach_a_terminal_that_was_away_does_not()
    {
        line.Lock(Id);
        line.Release(Id);
        line.Do(new OrderPolicy(new Policy { Version = 2 }));
        line.Do(new OrderKeySet("set"));
        Assert.Equal(
            [null, line.Now + Order.Validity, null, null],
            line.State.OpenOrders.Select(o => o.ExpiresAt)
        );
        Assert.Equal([1, 2, 3, 4], line.State.OpenOrders.Select(o => o.Number));
    }

    [Fact]
    public void An_expired_release_that_is_still_wanted_goes_out_again()
    {
        line.Lock(Id);
        line.Sync();
        line.Release(Id);
        line.Till.Pass(Order.Validity + TimeSpan.FromSeconds(1));
        line.Sync();
        Assert.Equal(LockStatus.Releasing, line.The(Id).Status);
        var again = Assert.Single(line.State.OpenOrders);
        Assert.Equal(
            (3, OrderKind.Release, WayOut.ProviderRelease),
            (again.Number, again.Kind, again.WayOut)
        );
        line.Sync();
        Assert.Empty(line.State.Locks);
    }

    [Fact]
    public void An_expired_reset_goes_out_again_even_without_a_lock()
    {
        line.Do(new OrderPasscodeReset("T000000001", "desk", "proven", "case1"));
        line.Till.Pass(Order.Validity + TimeSpan.FromSeconds(1));
        line.Sync();
        Assert.Equal("case1", Assert.Single(line.State.OpenOrders).CaseId);
    }

    [Fact]
    public void A_release_that_found_its_lock_already_gone_leaves_nothing_behind()
    {
        line.Till.Wrong(Till.Cashier, 5);
        line.Sync();
        var id = Assert.Single(line.State.Locks).Key;
        line.Do(new OrderPasscodeReset(id, "desk", "proven", "case1"));
        line.Till.State = line.Till.State with { Locks = line.Till.State.Locks.Clear() };
        line.Sync();
        Assert.Empty(line.State.Locks);
    }

    [Fact]
    public void A_release_that_the_terminal_refused_can_be_decided_again()
    {
        line.Lock(Id, Cause.Binding);
        line.Sync();
        line.Release(Id, "anna");
        line.Release(Id, "boris");
        line.Claim(new OrderRefused(2, OrderKind.Release, "way_out_not_available", Id));
        Assert.Equal(LockStatus.Confirmed, line.The(Id).Status);
        Assert.Equal("second_person_required", line.Release(Id, "anna"));
    }
}
