using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Policies;

namespace Tillkeeper.Core.Tests.Device;

/// <summary>When wrong passcodes lock the whole terminal.</summary>
public sealed class TerminalLockTests
{
    private readonly Till till = Till.Staffed();

    /// <summary>Wrong passcodes spread over so many operators that none of them is paused.</summary>
    private void FailSpread(int count)
    {
        for (var i = till.State.Operators.Count; i < 8; i++)
        {
            till.Hire($"x{i}", $"9{i}");
        }
        string[] operators = [.. till.State.Operators.Keys];
        for (var i = 0; i < count; i++)
        {
            till.Wrong(operators.MinBy(till.State.FailuresOf)!);
        }
    }

    [Fact]
    public void Twenty_wrong_passcodes_at_the_terminal_within_24_hours_lock_it()
    {
        FailSpread(19);
        Assert.Empty(till.State.Locks);
        Assert.Equal(1, SignInDecisions.Remaining(till.State, Till.Cashier));
        FailSpread(1);

        var locked = till.TheLock();
        Assert.True(locked.Subject.IsTerminal);
        Assert.Equal(20, locked.Evidence.Attempts);
        Assert.Equal(LockTable.Of(Cause.WrongPassword).Scope, locked.Scope);
        Assert.Equal(
            [WayOut.Wait, WayOut.PasswordReset, WayOut.OfflineCode, WayOut.Passkey],
            locked.WaysOut
        );
        Assert.Equal("locked", till.Right(Till.Manager));
        Assert.False(Verdict.Of(till.State.ActiveLocks, Capability.CardPayment).Allow);
        Assert.True(Verdict.Of(till.State.ActiveLocks, Capability.ManualLedger).Allow);
    }

    [Fact]
    public void The_terminal_lock_ends_after_30_minutes_and_the_window_begins_anew()
    {
        FailSpread(20);
        till.Pass(TimeSpan.FromMinutes(30));
        Assert.Null(till.Right(Till.Manager));
        Assert.Empty(till.State.Locks);
        Assert.Empty(till.State.RecentFailures);
    }

    [Fact]
    public void Failures_older_than_24_hours_do_not_count_any_more()
    {
        FailSpread(19);
        till.Pass(TimeSpan.FromHours(24));
        FailSpread(10);
        Assert.Empty(till.State.Locks);
        Assert.Equal(10, till.State.RecentFailures.Count);
    }

    [Fact]
    public void Failures_a_millisecond_younger_than_24_hours_still_count()
    {
        FailSpread(19);
        till.Pass(TimeSpan.FromHours(24) - TimeSpan.FromMilliseconds(1));
        FailSpread(1);
        Assert.True(till.TheLock().Subject.IsTerminal);
    }

    [Fact]
    public void Failures_before_the_first_signed_time_still_stop_counting_one_day()
    {
        till.HearsNothing();
        for (var day = 0; day < 30; day++)
        {
            till.Wrong(Till.Cashier);
            till.Right(Till.Cashier);
            till.Wrong(Till.Cashier);
            for (var hour = 0; hour < 10; hour++)
            {
                till.Pass(TimeSpan.FromHours(1));
                till.Do(new BookTime());
            }
            till.Right(Till.Cashier);
            till.PowerCut(TimeSpan.FromHours(14));
        }
        Assert.Empty(till.State.Locks);
    }

    [Fact]
    public void The_right_passcode_takes_its_own_attempt_back_from_the_window()
    {
        FailSpread(3);
        for (var i = 0; i < 40; i++)
        {
            till.Right(Till.Manager);
        }
        Assert.Equal(3, till.State.RecentFailures.Count);
    }

    [Fact]
    public void The_twentieth_that_is_also_a_fifth_raises_two_locks_with_two_ids()
    {
        till.Wrong("stranger", 5);
        till.Pass(TimeSpan.FromMinutes(30));
        till.Wrong("stranger", 5);
        till.Pass(TimeSpan.FromMinutes(30));
        till.Wrong("stranger", 5);
        till.Wrong(Till.Cashier, 5);

        Assert.Equal(3, till.State.Locks.Count);
        Assert.Equal(Till.Cashier, till.PauseOf(Till.Cashier).Evidence.Operator);
        Assert.Equal(20, till.TerminalLock().Evidence.Attempts);
        till.Pass(TimeSpan.FromMinutes(30));
        till.Do(new Tick());
        Assert.Empty(till.State.Locks);
    }

    [Fact]
    public void The_last_operator_able_to_sign_in_is_not_paused_but_the_terminal_is_locked()
    {
        till.Wrong(Till.Manager, 5);
        Assert.Equal(Till.Manager, till.TheLock().Subject.Operator);
        till.Wrong(Till.Cashier, 5);

        Assert.Equal(2, till.State.Locks.Count);
        Assert.Null(till.State.PauseOf(Till.Cashier));
        Assert.Equal(
            [WayOut.Wait, WayOut.PasswordReset, WayOut.OfflineCode, WayOut.Passkey],
            till.TerminalLock().WaysOut
        );
        Assert.Equal(new Evidence(Till.Cashier, 5), till.TerminalLock().Evidence);
    }

    [Fact]
    public void An_operator_without_a_passcode_is_not_somebody_who_could_sign_in()
    {
        var alone = new Till();
        alone.Do(new SetUp(Till.Manager, Till.Name("01"), Till.Passcode()));
        alone.Do(new AddOperator(Till.Cashier, OperatorRole.Cashier, Till.Name("02")));
        alone.Wrong(Till.Manager, 5);
        Assert.True(alone.TheLock().Subject.IsTerminal);
    }

    [Fact]
    public void When_the_last_operator_is_down_to_a_reset_so_is_the_terminal()
    {
        var alone = new Till();
        alone.Do(new SetUp(Till.Manager, Till.Name("01"), Till.Passcode()));
        alone.Wrong(Till.Manager, 5);
        alone.Pass(TimeSpan.FromMinutes(30));
        alone.Wrong(Till.Manager, 5);

        Assert.Equal([WayOut.PasswordReset, WayOut.OfflineCode], alone.TheLock().WaysOut);
        Assert.True(alone.TheLock().Subject.IsTerminal);
        alone.Pass(TimeSpan.FromDays(400));
        Assert.Equal("locked", alone.Right(Till.Manager));
    }

    [Fact]
    public void A_stranger_cannot_close_the_shop_for_good_while_somebody_is_merely_paused()
    {
        till.Wrong(Till.Cashier, 5);
        till.Pass(TimeSpan.FromMinutes(30));
        till.Wrong(Till.Manager, 5);
        till.Wrong(Till.Cashier, 5);

        Assert.Equal(
            [WayOut.PasswordReset, WayOut.OfflineCode],
            till.PauseOf(Till.Cashier).WaysOut
        );
        Assert.Contains(WayOut.Wait, till.TerminalLock().WaysOut);
        till.Pass(TimeSpan.FromMinutes(30));
        Assert.Null(till.Right(Till.Manager));
        Assert.Equal("locked", till.Right(Till.Cashier));
    }

    [Fact]
    public void A_wider_window_given_by_policy_never_holds_more_than_it_needs()
    {
        var strict = Till.Staffed(new Policy { WrongPassword = new() { TerminalAttempts = 3 } });
        strict.Wrong(Till.Cashier, 2);
        strict.Wrong(Till.Manager);
        Assert.True(strict.TheLock().Subject.IsTerminal);
        Assert.Equal(3, strict.State.RecentFailures.Count);
    }
}
