using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Policies;

namespace Tillkeeper.Core.Tests.Device;

public sealed class SignInTests
{
    private readonly Till till = Till.Staffed();

    [Fact]
    public void An_attempt_is_counted_before_it_is_judged()
    {
        var events = till.Do(new BeginAttempt(Till.Cashier));

        Assert.IsType<AttemptCounted>(Assert.Single(events));
        Assert.Equal(1, till.State.FailuresOf(Till.Cashier));
        Assert.Equal(4, SignInDecisions.Remaining(till.State, Till.Cashier));
    }

    [Fact]
    public void Only_one_attempt_is_open_at_a_time()
    {
        till.Do(new BeginAttempt(Till.Cashier));

        Assert.Equal("attempt_open", till.Code(new BeginAttempt(Till.Manager)));
        Assert.Equal("attempt_open", till.Code(new BeginAttempt(Till.Cashier)));
    }

    [Fact]
    public void Only_a_counted_attempt_is_judged_and_only_once()
    {
        Assert.Equal("no_attempt_open", till.Code(new EndAttempt(Till.Cashier, true, "X")));
        till.Right(Till.Cashier);
        Assert.Equal("no_attempt_open", till.Code(new EndAttempt(Till.Cashier, true, "X")));
        till.Do(new BeginAttempt(Till.Cashier));
        Assert.Equal("no_attempt_open", till.Code(new EndAttempt(Till.Manager, true, "X")));
    }

    [Fact]
    public void Five_wrong_passcodes_pause_that_operator_for_30_minutes_and_nobody_else()
    {
        till.Wrong(Till.Cashier, 4);
        Assert.Empty(till.State.Locks);
        till.Wrong(Till.Cashier);

        var pause = till.TheLock();
        Assert.Equal(Cause.WrongPassword, pause.Cause);
        Assert.Equal(Subject.OfOperator(Till.Cashier), pause.Subject);
        Assert.Equal([Capability.SignIn], pause.Scope);
        Assert.Equal(
            [
                WayOut.Wait,
                WayOut.ManagerSignIn,
                WayOut.PasswordReset,
                WayOut.OfflineCode,
                WayOut.Passkey,
            ],
            pause.WaysOut
        );
        Assert.Equal(new Evidence(Till.Cashier, 5), pause.Evidence);
        Assert.Equal(till.Real + TimeSpan.FromMinutes(30), pause.ExpectedEnd);
        Assert.Equal("locked", till.Wrong(Till.Cashier));
        Assert.True(Verdict.Of(till.State.ActiveLocks, Capability.SignIn).Allow);
        Assert.Null(till.Right(Till.Manager));
    }

    [Fact]
    public void The_pause_ends_by_itself_after_30_minutes_and_not_before()
    {
        till.Wrong(Till.Cashier, 5);

        till.Pass(TimeSpan.FromMinutes(30) - TimeSpan.FromMilliseconds(1));
        Assert.Equal("locked", till.Right(Till.Cashier));
        till.Pass(TimeSpan.FromMilliseconds(1));
        Assert.Null(till.Right(Till.Cashier));
        Assert.Contains(till.Journal, e => e is LockEnded { WayOut: WayOut.Wait });
    }

    [Fact]
    public void Attempts_refused_while_locked_are_not_counted()
    {
        till.Wrong(Till.Cashier, 5);
        for (var i = 0; i < 50; i++)
        {
            Assert.Equal("locked", till.Wrong(Till.Cashier));
        }

        Assert.Equal(5, till.State.FailuresOf(Till.Cashier));
        Assert.Equal(5, till.State.RecentFailures.Count);
        Assert.Single(till.State.Locks);
    }

    [Fact]
    public void Only_the_operators_own_success_resets_the_counter()
    {
        till.Wrong(Till.Cashier, 4);
        till.Right(Till.Manager);
        Assert.Equal(4, till.State.FailuresOf(Till.Cashier));

        till.Right(Till.Cashier);
        Assert.Equal(0, till.State.FailuresOf(Till.Cashier));
        Assert.Equal(4, till.State.RecentFailures.Count);
    }

    [Fact]
    public void Ten_since_the_last_success_leave_only_a_reset_or_a_code()
    {
        till.Wrong(Till.Cashier, 5);
        till.Pass(TimeSpan.FromMinutes(30));
        till.Wrong(Till.Cashier, 4);
        Assert.Equal(1, SignInDecisions.Remaining(till.State, Till.Cashier));
        till.Wrong(Till.Cashier);

        var pause = till.TheLock();
        Assert.Equal([WayOut.PasswordReset, WayOut.OfflineCode], pause.WaysOut);
        Assert.Null(pause.ExpectedEnd);
        till.Pass(TimeSpan.FromDays(400));
        till.Right(Till.Manager);
        Assert.Equal("locked", till.Right(Till.Cashier));
    }

    [Fact]
    public void A_manager_signing_in_releases_the_pauses()
    {
        till.Wrong(Till.Cashier, 5);
        till.Wrong("stranger", 5);
        Assert.Equal(2, till.State.Locks.Count);

        till.Right(Till.Manager);

        Assert.Empty(till.State.Locks);
        Assert.All(
            till.Journal.OfType<LockEnded>(),
            e => Assert.Equal((WayOut.ManagerSignIn, Till.Manager), (e.WayOut, e.ByOperator))
        );
        Assert.Equal(5, till.State.FailuresOf(Till.Cashier));
    }

    [Fact]
    public void A_cashier_signing_in_releases_no_pause()
    {
        till.Hire("c2", "03");
        till.Wrong(Till.Cashier, 5);
        till.Right("c2");
        Assert.Single(till.State.Locks);
    }

    [Fact]
    public void Unknown_names_share_one_counter_whatever_they_are_called()
    {
        till.Wrong("a", 2);
        till.Wrong("b", 2);
        till.Wrong("c");

        Assert.Equal(DeviceState.UnknownOperator, till.TheLock().Subject.Operator);
        Assert.Equal(
            [WayOut.Wait, WayOut.ManagerSignIn, WayOut.OfflineCode, WayOut.Passkey],
            till.TheLock().WaysOut
        );
        Assert.Equal(new Evidence(null, 5), till.TheLock().Evidence);
        Assert.Equal("locked", till.Wrong("d"));
        Assert.Null(till.Right(Till.Cashier));
        till.Pass(TimeSpan.FromMinutes(30));
        till.Wrong("e", 4);
        Assert.Empty(till.State.Locks);
        till.Wrong("f");
        Assert.Contains(WayOut.Wait, till.TheLock().WaysOut);
    }

    /// <summary>A slip of the thumb once a day used to pause signing in with unknown names after five days.</summary>
    [Fact]
    public void Mistyped_names_do_not_add_up_over_the_days_while_people_sign_in()
    {
        for (var day = 0; day < 30; day++)
        {
            till.Wrong("thumb-slipped");
            Assert.Null(till.Right(Till.Cashier));
            till.Pass(TimeSpan.FromHours(24));
        }
        Assert.Empty(till.State.Locks);
    }

    [Fact]
    public void An_unknown_name_never_signs_in_even_if_the_caller_says_so()
    {
        till.Do(new BeginAttempt("ghost"));
        var events = till.Do(new EndAttempt("ghost", true, "X"));
        Assert.IsType<AttemptFailed>(Assert.Single(events));
    }

    [Fact]
    public void A_new_operator_without_a_passcode_is_counted_like_any_other()
    {
        till.Do(new AddOperator("c9", OperatorRole.Cashier, Till.Name("09")));
        till.Do(new BeginAttempt("c9"));
        Assert.IsType<AttemptFailed>(Assert.Single(till.Do(new EndAttempt("c9", true, "X"))));
        till.Wrong("c9", 4);
        Assert.Equal("c9", till.TheLock().Subject.Operator);
    }

    [Fact]
    public void The_thresholds_are_the_policys()
    {
        var strict = Till.Staffed(
            new Policy
            {
                WrongPassword = new()
                {
                    Attempts = 2,
                    ResetAfter = 3,
                    LockFor = TimeSpan.FromMinutes(5),
                },
            }
        );
        strict.Wrong(Till.Cashier, 2);
        Assert.Contains(WayOut.Wait, strict.PauseOf(Till.Cashier).WaysOut);
        strict.Pass(TimeSpan.FromMinutes(5));
        strict.Wrong(Till.Cashier);
        Assert.DoesNotContain(WayOut.Wait, strict.PauseOf(Till.Cashier).WaysOut);
    }

    [Fact]
    public void Remaining_says_how_many_are_left_until_the_next_lock()
    {
        for (var left = 5; left > 0; left--)
        {
            Assert.Equal(left, SignInDecisions.Remaining(till.State, Till.Cashier));
            Assert.Equal(5, SignInDecisions.Remaining(till.State, "nobody"));
            till.Wrong(Till.Cashier);
        }
        Assert.Single(till.State.Locks);
    }
}
