using Tillkeeper.Core.Codes;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;

namespace Tillkeeper.Core.Tests.Device;

/// <summary>Challenges and one-time codes at the terminal (B4).</summary>
public sealed class CodeTests
{
    private const string Remote = "S000000001";
    private readonly Till till = Till.Staffed();

    public CodeTests() => till.Apply(till.LockOrder(Remote));

    private DeviceLock Standing => till.State.Locks[Remote];

    private string? Show(string nonce = "AAAAA") => till.Code(new IssueChallenge(Remote, nonce));

    [Fact]
    public void A_try_is_counted_before_the_code_is_evaluated()
    {
        Show();
        Assert.Equal(
            new CodeAttemptCounted(Remote, 1),
            Assert.Single(till.Do(new BeginCode(Remote)))
        );
        Assert.Equal(4, CodeDecisions.TriesLeft(till.State, Standing));
    }

    [Fact]
    public void A_code_that_was_not_counted_is_not_judged()
    {
        Show();
        Assert.Equal("no_code_open", till.Code(new EndCode(Remote, CodeEffect.Release)));
        Assert.Single(till.State.Locks);
    }

    [Fact]
    public void The_right_code_ends_the_lock_once()
    {
        Assert.Null(till.TypeCode(Remote, CodeEffect.Release));
        Assert.Empty(till.State.Locks);
        Assert.Equal("lock_released", till.Code(new BeginCode(Remote)));
        Assert.Equal("lock_released", till.Code(new EndCode(Remote, CodeEffect.Release)));
        Assert.Equal("lock_released", Show());
        Assert.Equal("not_found", till.Code(new BeginCode("S999999999")));
    }

    [Fact]
    public void Five_tries_over_all_challenges()
    {
        for (var i = 0; i < 5; i++)
        {
            till.Pass(TimeSpan.FromMinutes(6));
            Assert.Null(Show($"AAAA{i}"));
            Assert.Null(till.Code(new BeginCode(Remote)));
            Assert.Null(till.Code(new EndCode(Remote, null)));
        }
        till.Pass(TimeSpan.FromMinutes(6));
        Show("BBBBB");
        Assert.Equal("code_tries_used_up", till.Code(new BeginCode(Remote)));
        Assert.Equal(0, CodeDecisions.TriesLeft(till.State, Standing));
    }

    [Fact]
    public void Power_cuts_give_no_tries_back()
    {
        for (var i = 0; i < 5; i++)
        {
            Show($"AAAA{i}");
            Assert.Null(till.Code(new BeginCode(Remote)));
            till.PowerCut();
        }
        Show("BBBBB");
        Assert.Equal("code_tries_used_up", till.Code(new BeginCode(Remote)));
    }

    [Fact]
    public void A_challenge_answers_for_10_minutes()
    {
        Show();
        till.Pass(TimeSpan.FromMinutes(10) - TimeSpan.FromMilliseconds(1));
        Assert.Null(till.Code(new BeginCode(Remote)));
        till.Pass(TimeSpan.FromMilliseconds(1));
        Assert.Equal("challenge_expired", till.Code(new BeginCode(Remote)));
        Assert.Equal(1, Standing.CodeTries);
    }

    [Fact]
    public void Without_a_challenge_there_is_no_code_to_try()
    {
        Assert.Equal("challenge_expired", till.Code(new BeginCode(Remote)));
        Assert.Equal(TimeSpan.Zero, CodeDecisions.ValidFor(till.State, Standing, till.Now));
    }

    [Fact]
    public void A_challenge_does_not_outlive_the_boot_that_showed_it()
    {
        Show();
        till.PowerCut();
        Assert.Equal("challenge_expired", till.Code(new BeginCode(Remote)));
    }

    [Fact]
    public void Looking_again_shows_the_same_challenge_while_it_is_fresh()
    {
        Show("AAAAA");
        till.Pass(TimeSpan.FromMinutes(5) - TimeSpan.FromMilliseconds(1));
        Show("BBBBB");
        Assert.Equal("AAAAA", Standing.Challenge!.Nonce);
        till.Pass(TimeSpan.FromMilliseconds(1));
        Show("CCCCC");
        Assert.Equal("CCCCC", Standing.Challenge.Nonce);
        Assert.Equal(
            TimeSpan.FromMinutes(10),
            CodeDecisions.ValidFor(till.State, Standing, till.Now)
        );
    }

    [Fact]
    public void A_code_for_one_lock_leaves_every_other_lock_alone()
    {
        till.Apply(till.LockOrder("S000000002", Cause.Anomaly));
        till.TypeCode(Remote, CodeEffect.Release);
        Assert.Equal(["S000000002"], till.State.Locks.Keys);
        Assert.Equal(0, till.State.Locks["S000000002"].CodeTries);
    }

    [Theory]
    [InlineData(Cause.Tamper)]
    [InlineData(Cause.Binding)]
    [InlineData(Cause.StateUnknown)]
    [InlineData(Cause.Maintenance)]
    public void A_lock_without_this_way_out_has_a_challenge_but_takes_no_code(Cause cause)
    {
        till.Apply(till.LockOrder("S000000002", cause));
        Assert.Null(till.Code(new IssueChallenge("S000000002", "AAAAA")));
        Assert.Equal("way_out_not_available", till.Code(new BeginCode("S000000002")));
    }

    [Fact]
    public void A_releasing_code_lets_the_paused_operator_set_a_passcode_and_keeps_the_old_one()
    {
        till.Apply(till.ReleaseOrder(Remote));
        till.Wrong(Till.Cashier, 5);
        till.TypeCode(till.TheLock().Id, CodeEffect.Release);
        var cashier = till.State.Operators[Till.Cashier];
        Assert.NotNull(cashier.Current);
        Assert.NotNull(cashier.Grant);
        Assert.Equal(0, cashier.Failures);
    }

    [Fact]
    public void A_resetting_code_does_nothing_for_a_lock_that_no_reset_can_end()
    {
        Assert.Null(till.TypeCode(Remote, CodeEffect.PasscodeReset));
        Assert.Single(till.State.Locks);
        Assert.Equal(1, Standing.CodeTries);
    }

    [Fact]
    public void A_code_for_the_shared_counter_of_unknown_names_grants_nothing()
    {
        till.Apply(till.ReleaseOrder(Remote));
        till.Wrong("stranger", 5);
        till.TypeCode(till.TheLock().Id, CodeEffect.Release);
        Assert.Empty(till.State.Locks);
        Assert.All(till.State.Operators.Values, o => Assert.Null(o.Grant));
    }
}
