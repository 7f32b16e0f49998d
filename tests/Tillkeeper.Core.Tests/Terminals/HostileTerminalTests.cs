using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Orders;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Core.Tests.Device;

namespace Tillkeeper.Core.Tests.Terminals;

/// <summary>Somebody holds a terminal's key and reports whatever suits him: nothing opens that nobody decided to open.</summary>
public sealed class HostileTerminalTests
{
    private const string Id = "S000000001";
    private readonly Line line = Line.Enrolled();

    private void ClaimEnd(string id, WayOut way) =>
        line.Claim(new LockEnded(id, way, line.Till.Clock));

    private void ClaimBegin(Lock standing) => line.Claim(new LockBegun(standing, line.Till.Clock));

    private int OrdersThatEnd() => line.Log.OfType<OrderIssued>().Count(o => Ends(o.Order));

    private static bool Ends(Order order) =>
        order.Kind is OrderKind.Release or OrderKind.PasscodeReset;

    private bool MayPay() => Verdict.Of(line.State.ActiveLocks, Capability.CardPayment).Allow;

    private Lock Standing(Cause cause)
    {
        line.Lock(Id, cause);
        line.Sync();
        return line.The(Id);
    }

    [Theory]
    [InlineData(Cause.Remote)]
    [InlineData(Cause.Anomaly)]
    [InlineData(Cause.Binding)]
    [InlineData(Cause.StateUnknown)]
    [InlineData(Cause.LocationAnomaly)]
    [InlineData(Cause.NetworkAnomaly)]
    [InlineData(Cause.Maintenance)]
    [InlineData(Cause.Tamper)]
    public void A_lock_of_the_server_ends_by_no_way_out_that_nobody_granted(Cause cause)
    {
        Standing(cause);
        foreach (var way in Enum.GetValues<WayOut>())
        {
            ClaimEnd(Id, way);
        }
        Assert.Equal(LockStatus.Confirmed, line.The(Id).Status);
        Assert.False(MayPay());
        var claim = line.Log.OfType<TerminalReported>().Last();
        Assert.Equal("lock.ended.v1", claim.Type);
    }

    [Fact]
    public void A_pending_lock_is_not_confirmed_and_ended_in_one_breath()
    {
        line.Lock(Id);
        ClaimBegin(line.The(Id));
        ClaimEnd(Id, WayOut.ProviderRelease);
        ClaimEnd(Id, WayOut.OfflineCode);
        Assert.Equal(LockStatus.Confirmed, line.The(Id).Status);
        Assert.False(MayPay());
    }

    [Fact]
    public void Nobody_signs_a_release_because_a_terminal_says_that_a_lock_ended_and_began_again()
    {
        var standing = Standing(Cause.Binding);
        ClaimEnd(Id, WayOut.ProviderRelease);
        ClaimBegin(standing);
        Assert.Equal(0, OrdersThatEnd());
        Assert.False(MayPay());
    }

    [Fact]
    public void Nobody_signs_a_release_or_a_reset_for_a_lock_that_the_server_never_ordered()
    {
        var standing = Standing(Cause.Remote);
        var pause = LockTable.Of(Cause.WrongPassword).WaysOut;
        ClaimBegin(standing with { Id = "S000000002" });
        ClaimBegin(
            standing with
            {
                Id = "S000000003",
                Cause = Cause.WrongPassword,
                WaysOut = pause,
            }
        );
        Assert.Equal(0, OrdersThatEnd());
        Assert.Equal([Id], line.State.Locks.Keys);
    }

    [Fact]
    public void Nobody_signs_a_reset_because_an_inherited_lock_ended_by_a_sign_in_and_began_again()
    {
        // Its own lock, made the server's by a loss of state that never was, ended by an act of its own.
        var own = Own("T000000005", Cause.WrongPassword);
        ClaimBegin(own);
        line.Claim(new StateLost("none"));
        line.Sync();
        ClaimEnd(own.Id, WayOut.ManagerSignIn);
        Assert.Empty(line.State.Locks);
        ClaimBegin(own with { Owner = LockOwner.Server });
        Assert.Equal(0, OrdersThatEnd());
        Assert.Equal(LockStatus.Confirmed, line.The(own.Id).Status);
        Assert.Equal(LockOwner.Server, line.The(own.Id).Owner);
    }

    [Fact]
    public void What_is_reissued_comes_from_the_record_and_not_from_the_report()
    {
        var standing = Standing(Cause.Remote);
        line.Release(Id);
        line.Sync();
        ClaimBegin(
            standing with
            {
                Cause = Cause.WrongPassword,
                WaysOut = [WayOut.PasswordReset],
                Owner = LockOwner.Terminal,
            }
        );
        var again = Assert.Single(line.State.OpenOrders);
        Assert.Equal((OrderKind.Release, WayOut.ProviderRelease), (again.Kind, again.WayOut));
        Assert.Equal(
            (Cause.Remote, LockStatus.Releasing),
            (line.The(Id).Cause, line.The(Id).Status)
        );
    }

    [Fact]
    public void A_lock_that_ends_and_begins_over_and_over_draws_one_order_and_no_more()
    {
        var standing = Standing(Cause.Remote);
        line.Release(Id);
        line.Sync();
        for (var i = 0; i < 5; i++)
        {
            ClaimBegin(standing);
            ClaimEnd(Id, WayOut.ProviderRelease);
        }
        Assert.Equal(2, OrdersThatEnd());
        Assert.Single(line.State.OpenOrders);
    }

    [Fact]
    public void A_loss_of_state_frees_no_terminal_that_is_to_be_replaced()
    {
        Standing(Cause.Binding);
        line.Release(Id, "anna", WayOut.Replacement);
        Assert.Null(line.Release(Id, "boris", WayOut.Replacement));
        ClaimEnd(Id, WayOut.Replacement);
        ClaimEnd(Id, WayOut.ProviderRelease);
        line.Claim(new StateLost("none"));
        Assert.Equal(LockStatus.Releasing, line.The(Id).Status);
        Assert.False(MayPay());
        line.Enrol();
        Assert.Empty(line.State.Locks);
    }

    [Fact]
    public void A_terminal_ends_its_own_locks_but_not_by_a_decision_that_nobody_took()
    {
        var pause = Own("T000000005", Cause.WrongPassword);
        var network = Own("T000000006", Cause.NetworkAnomaly);
        ClaimBegin(pause);
        ClaimBegin(network);
        ClaimEnd(pause.Id, WayOut.PasswordReset);
        ClaimEnd(network.Id, WayOut.ProviderRelease);
        Assert.Equal(2, line.State.Locks.Count);
        ClaimEnd(pause.Id, WayOut.Wait);
        ClaimEnd(network.Id, WayOut.OfflineCode);
        Assert.Empty(line.State.Locks);
    }

    [Fact]
    public void Losing_state_over_and_over_orders_no_lock_that_is_on_its_way()
    {
        Standing(Cause.Remote);
        for (var i = 0; i < 5; i++)
        {
            line.Claim(new StateLost("none"));
        }
        Assert.Single(line.State.OpenOrders);
    }

    [Fact]
    public void One_expired_order_goes_out_once_again_however_often_it_is_reported()
    {
        Standing(Cause.Remote);
        line.Release(Id);
        for (var i = 0; i < 3; i++)
        {
            line.Till.Journal.Add(new OrderRefused(2, OrderKind.Release, "expired", Id));
        }
        line.Report();
        Assert.Equal(2, OrdersThatEnd());
        Assert.Equal(3, Assert.Single(line.State.OpenOrders).Number);
    }

    [Fact]
    public void One_expired_reset_of_a_lock_unknown_here_goes_out_once_again_too()
    {
        line.Do(new OrderPasscodeReset("T000000001", "desk", "proven", "case1"));
        for (var i = 0; i < 3; i++)
        {
            line.Till.Journal.Add(new OrderRefused(1, OrderKind.PasscodeReset, "expired"));
        }
        line.Report();
        Assert.Equal(2, OrdersThatEnd());
    }

    private Lock Own(string id, Cause cause) =>
        new()
        {
            Id = id,
            Cause = cause,
            Subject = Subject.Terminal,
            Scope = LockTable.Of(cause).Scope,
            Owner = LockOwner.Terminal,
            Status = LockStatus.Confirmed,
            Since = line.Now,
            WaysOut = LockTable.Of(cause).WaysOut,
        };
}
