using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;

namespace Tillkeeper.Core.Tests.Device;

/// <summary>The cashier's own lock (C8).</summary>
public sealed class AwayTests
{
    private readonly Till till = Till.Staffed();

    [Fact]
    public void It_blocks_all_but_signing_in_and_ends_with_a_sign_in()
    {
        till.Do(new LockAway("LK00000001", "key"));
        Assert.Equal(Cause.Away, till.TheLock().Cause);
        Assert.False(Verdict.Of(till.State.ActiveLocks, Capability.CardPayment).Allow);
        Assert.True(Verdict.Of(till.State.ActiveLocks, Capability.SignIn).Allow);

        Assert.Null(till.Right(Till.Cashier));
        Assert.Empty(till.State.Locks);
        Assert.Equal(WayOut.SignIn, Assert.Single(till.Journal.OfType<LockEnded>()).WayOut);
    }

    [Fact]
    public void A_wrong_passcode_does_not_end_it()
    {
        till.Do(new LockAway("LK00000001", "key"));
        till.Wrong(Till.Cashier);
        Assert.Equal(Cause.Away, till.TheLock().Cause);
    }

    [Fact]
    public void Pressing_the_key_twice_locks_once()
    {
        till.Do(new LockAway("LK00000001", "key"));
        Assert.Empty(till.Do(new LockAway("LK00000002", "idle")));
        Assert.Single(till.State.Locks);
    }

    [Fact]
    public void A_sign_in_ends_it_and_leaves_every_other_lock_alone()
    {
        var wide = till.LockOrder("LK00000009", Cause.NetworkUnstable);
        till.Apply(wide);
        till.Wrong("stranger", 5);
        till.Do(new LockAway("LK00000001", "key"));
        till.Right(Till.Cashier);
        Assert.Equal(2, till.State.Locks.Count);
        Assert.DoesNotContain("LK00000001", till.State.Locks.Keys);
    }

    [Fact]
    public void Nobody_is_locked_out_of_a_terminal_that_nobody_can_sign_in_at() =>
        Assert.Equal("not_set_up", new Till().Code(new LockAway("LK00000001", "idle")));
}
