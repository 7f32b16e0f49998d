using Tillkeeper.Core.Codes;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;

namespace Tillkeeper.Core.Tests.Device;

/// <summary>W1: an approved reset ends the lock, voids the old passcode and lets the operator set one new passcode.</summary>
public sealed class PasscodeResetTests
{
    private readonly Till till = Till.Staffed();

    private Operator Cashier => till.State.Operators[Till.Cashier];

    private string Pause()
    {
        till.Wrong(Till.Cashier, 5);
        return till.PauseOf(Till.Cashier).Id;
    }

    private string? SetPasscode() =>
        till.Code(new SetPasscode(Till.Cashier, Till.Passcode(), false));

    [Fact]
    public void A_reset_of_an_active_lock_ends_it_and_the_first_sign_in_completes_it()
    {
        var id = Pause();
        till.Apply(till.ResetOrder(id));

        Assert.Empty(till.State.Locks);
        Assert.Null(Cashier.Current);
        Assert.Equal(0, Cashier.Failures);
        Assert.Null(SetPasscode());
        Assert.Equal(
            new PasscodeSet(
                Till.Cashier,
                PasscodeOrigin.Reset,
                Secrets.HashOf(Till.Passcode()),
                id
            ),
            till.Journal.OfType<PasscodeSet>().Last() with
            {
                Secret = null,
            }
        );
        till.Right(Till.Cashier);
        Assert.Equal(id, till.Journal.OfType<OperatorSignedIn>().Last().ResetLockId);
        till.Right(Till.Cashier);
        Assert.Null(till.Journal.OfType<OperatorSignedIn>().Last().ResetLockId);
    }

    [Fact]
    public void The_voided_passcode_signs_in_no_more()
    {
        till.Apply(till.ResetOrder(Pause()));
        till.Do(new BeginAttempt(Till.Cashier));
        Assert.IsType<AttemptFailed>(till.Do(new EndAttempt(Till.Cashier, true, "X"))[^1]);
    }

    [Fact]
    public void Only_one_new_passcode_is_granted()
    {
        till.Apply(till.ResetOrder(Pause()));
        Assert.Null(SetPasscode());
        Assert.Equal("not_granted", SetPasscode());
    }

    [Fact]
    public void A_reset_of_a_lock_that_ran_out_meanwhile_still_counts()
    {
        var id = Pause();
        till.Pass(TimeSpan.FromMinutes(30));
        till.Do(new Tick());
        till.Wrong(Till.Cashier, 2);

        till.Apply(till.ResetOrder(id));

        Assert.Contains(till.Journal, e => e is PasscodeVoided);
        Assert.Null(Cashier.Current);
        Assert.Equal(0, Cashier.Failures);
        Assert.Null(SetPasscode());
        till.Right(Till.Cashier);
        Assert.Equal(id, till.Journal.OfType<OperatorSignedIn>().Last().ResetLockId);
    }

    [Fact]
    public void A_reset_that_a_code_has_already_given_does_not_void_the_new_passcode()
    {
        var id = Pause();
        Assert.Null(till.TypeCode(id, CodeEffect.PasscodeReset));
        Assert.Null(Cashier.Current);
        SetPasscode();

        var events = till.Do(new ApplyOrder(till.ResetOrder(id)));

        Assert.IsType<OrderApplied>(Assert.Single(events));
        Assert.NotNull(Cashier.Current);
        Assert.Null(Cashier.Grant);
    }

    [Fact]
    public void A_reset_after_a_code_that_only_released_still_voids_the_old_passcode()
    {
        var id = Pause();
        till.TypeCode(id, CodeEffect.Release);
        Assert.NotNull(Cashier.Current);
        till.Apply(till.ResetOrder(id));
        Assert.Null(Cashier.Current);
    }

    [Fact]
    public void A_new_passcode_set_after_a_releasing_code_is_not_voided_by_the_reset()
    {
        var id = Pause();
        till.TypeCode(id, CodeEffect.Release);
        SetPasscode();
        till.Apply(till.ResetOrder(id));
        Assert.NotNull(Cashier.Current);
    }

    [Fact]
    public void The_same_reset_ordered_twice_acts_once()
    {
        var id = Pause();
        till.Apply(till.ResetOrder(id));
        SetPasscode();
        till.Apply(till.ResetOrder(id));
        Assert.NotNull(Cashier.Current);
    }

    [Fact]
    public void Other_locks_stand_and_do_not_stop_the_new_passcode()
    {
        var id = Pause();
        till.Apply(till.LockOrder("S000000001"));
        till.Wrong("stranger", 5);
        till.Apply(till.ResetOrder(id));

        Assert.Equal("S000000001", till.TerminalLock().Id);
        Assert.Null(SetPasscode());
        Assert.Equal("locked", till.Right(Till.Cashier));
    }

    [Fact]
    public void The_reset_stage_ends_with_a_reset_and_the_counter_begins_anew()
    {
        till.Wrong(Till.Cashier, 5);
        till.Right(Till.Manager);
        till.Wrong(Till.Cashier, 5);
        till.Apply(till.ResetOrder(till.TheLock().Id));
        SetPasscode();
        till.Wrong(Till.Cashier, 4);
        Assert.Empty(till.State.Locks);
        till.Wrong(Till.Cashier);
        Assert.Contains(WayOut.Wait, till.TheLock().WaysOut);
    }

    [Fact]
    public void A_reset_for_a_lock_that_nobody_remembers_is_applied_without_effect()
    {
        var before = till.State;
        till.Apply(till.ResetOrder("S999999999"));
        Assert.Equal(before.Operators, till.State.Operators);
    }

    [Fact]
    public void A_reset_of_the_terminals_lock_is_for_the_operator_in_its_evidence()
    {
        till.Wrong(Till.Manager, 5);
        till.Wrong(Till.Cashier, 5);
        till.Apply(till.ResetOrder(till.TerminalLock().Id));
        Assert.NotNull(Cashier.Grant);
        Assert.Null(Cashier.Current);
        Assert.NotNull(till.PauseOf(Till.Manager));
    }

    [Fact]
    public void A_reset_while_an_attempt_is_being_judged_forgives_no_attempt()
    {
        var id = Pause();
        till.Pass(TimeSpan.FromMinutes(30));
        till.Do(new BeginAttempt(Till.Cashier));
        till.Apply(till.ResetOrder(id));
        Assert.Equal("attempt_open", SetPasscode());
        Assert.IsType<AttemptFailed>(
            Assert.Single(till.Do(new EndAttempt(Till.Cashier, true, "LK99999999")))
        );
        Assert.Equal(1, Cashier.Failures);
        Assert.Null(SetPasscode());
    }

    [Fact]
    public void What_is_remembered_of_ended_locks_is_bounded()
    {
        for (var i = 0; i < 200; i++)
        {
            till.Pass(TimeSpan.FromDays(1));
            till.Apply(till.ResetOrder(Pause()));
            SetPasscode();
        }
        Assert.Equal(64, till.State.Ended.Count);
        Assert.Equal(64, till.State.ResetsGiven.Count);
    }
}
