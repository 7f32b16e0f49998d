using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Policies;
using Tillkeeper.Core.Rules;
using Till = Tillkeeper.Core.Tests.Device.Till;

namespace Tillkeeper.Core.Tests.Rules.Anomalies;

/// <summary>Too many sales, or too much money, and too many refunds in a short time (C7).</summary>
public sealed class VelocityTests
{
    [Theory]
    [InlineData(5, false)]
    [InlineData(6, true)]
    public void So_many_sales_within_the_window_lock_and_one_fewer_does_not(int sales, bool locks)
    {
        var till = Till.Staffed(Counter.Strict);

        till.Sell(sales);

        Assert.Equal(locks, till.State.ActiveLocks.Any(l => l.Cause == Cause.Anomaly));
    }

    [Fact]
    public void The_lock_begins_in_the_same_decision_as_the_sale_that_led_to_it()
    {
        var till = Till.Staffed(Counter.Strict);
        till.Sell(5);

        var events = till.Sell();

        Assert.Collection(
            events,
            e => Assert.IsType<SaleEnded>(e),
            e => Assert.IsType<LockBegun>(e),
            e => Assert.IsType<RuleFound>(e)
        );
    }

    [Fact]
    public void The_lock_names_its_rule_and_what_it_saw()
    {
        var till = Till.Staffed(Counter.Strict);

        till.Sell(6, 1250);

        var evidence = till.TheLock().Evidence;
        Assert.Equal(RuleName.Velocity, evidence.Rule);
        Assert.Equal("6", evidence.Facts!["sales"]);
        Assert.Equal("75.00", evidence.Facts["amount"]);
        Assert.Equal("10", evidence.Facts["minutes"]);
    }

    [Fact]
    public void Sales_whose_window_has_passed_do_not_count()
    {
        var till = Till.Staffed(Counter.Strict);
        for (var i = 0; i < 60; i++)
        {
            till.Sell();
            till.Pass(TimeSpan.FromMinutes(2));
        }

        Assert.Empty(till.Found());
        Assert.InRange(till.State.Recent.Sales.Count, 1, 6);
    }

    [Fact]
    public void A_wall_clock_that_jumps_changes_nothing()
    {
        var (steady, jumping) = (Till.Staffed(Counter.Strict), Till.Staffed(Counter.Strict));
        foreach (var _ in Enumerable.Range(0, 6))
        {
            steady.Sell();
            jumping.Do(new EndSale(Capability.CardPayment, SaleOutcome.Approved, 1250));
            // The decision gets the shown time as well; a leap of it by a year is nobody's proof.
            var leapt = jumping.Now with
            {
                Shown = jumping.Real.AddYears(1),
            };
            Assert.Empty(
                DeviceDecisions
                    .Decide(jumping.State, new Tick(), leapt)
                    .Events.OfType<RuleCleared>()
            );
        }

        Assert.Equal(steady.State.ActiveLocks.Count(), jumping.State.ActiveLocks.Count());
        Assert.True(jumping.Stands(RuleName.Velocity));
    }

    [Fact]
    public void A_power_cut_does_not_empty_the_window()
    {
        var till = Till.Staffed(Counter.Strict);
        till.Sell(5);

        till.PowerCut(TimeSpan.FromDays(1));
        till.Sell();

        Assert.True(till.Stands(RuleName.Velocity));
    }

    [Fact]
    public void Signed_time_proves_the_night_that_the_machine_was_off()
    {
        var till = Till.Staffed(Counter.Strict);
        till.Sell(5);

        till.PowerCut(TimeSpan.FromHours(10), hears: true);
        till.Sell(5);

        Assert.Empty(till.Found());
    }

    [Fact]
    public void Money_alone_finds_where_the_policy_judges_amounts()
    {
        var policy = Counter.Strict with
        {
            Velocity = Counter.Strict.Velocity with { Sales = 100, AmountMinor = 100_000 },
        };
        var till = Till.Staffed(policy);

        till.Sell(1, 60_000);
        Assert.Empty(till.Found());
        till.Sell(1, 40_000);

        Assert.Equal("1000.00", till.TheLock().Evidence.Facts!["amount"]);
    }

    [Fact]
    public void Amounts_beyond_all_measure_do_not_come_round_to_nothing()
    {
        var policy = Counter.Strict with
        {
            Velocity = Counter.Strict.Velocity with { Sales = 100, AmountMinor = 100_000 },
        };
        var till = Till.Staffed(policy);

        till.Sell(2, long.MaxValue);

        Assert.True(till.Stands(RuleName.Velocity));
    }

    [Fact]
    public void A_payment_program_that_names_no_amounts_leaves_the_amount_out_of_the_evidence()
    {
        var till = Till.Staffed(Counter.Strict);

        till.Sell(6, null);

        Assert.False(till.TheLock().Evidence.Facts!.ContainsKey("amount"));
    }

    [Theory]
    [InlineData(Capability.CardPayment, SaleOutcome.Declined, false)]
    [InlineData(Capability.CardPayment, SaleOutcome.WrongPin, false)]
    [InlineData(Capability.CardPayment, SaleOutcome.Cancelled, false)]
    [InlineData(Capability.CardPayment, SaleOutcome.Reversed, false)]
    [InlineData(Capability.BatchClose, SaleOutcome.Approved, false)]
    [InlineData(Capability.QrPayment, SaleOutcome.Approved, true)]
    [InlineData(Capability.PinEntry, SaleOutcome.Approved, true)]
    [InlineData(Capability.CardPayment, SaleOutcome.Unknown, true)]
    public void Only_payments_taken_count_as_sales(Capability by, SaleOutcome outcome, bool counts)
    {
        var till = Till.Staffed(Counter.Strict);

        till.Sell(20, by: by, outcome: outcome);

        Assert.Equal(counts, till.Stands(RuleName.Velocity));
    }

    [Fact]
    public void A_burst_of_refunds_is_found_apart_from_sales()
    {
        var till = Till.Staffed(Counter.Strict);
        till.Refund(3);
        Assert.Empty(till.Found());

        till.Refund();

        var evidence = till.TheLock().Evidence;
        Assert.Equal(RuleName.RefundBurst, evidence.Rule);
        Assert.Equal(
            ("4", "36.00", "30"),
            (evidence.Facts!["refunds"], evidence.Facts["amount"], evidence.Facts["minutes"])
        );
        Assert.False(till.Stands(RuleName.Velocity));
    }

    [Fact]
    public void An_episode_goes_on_until_half_of_it_is_left_and_then_another_can_begin()
    {
        var till = Till.Staffed(Counter.Strict);
        till.Sell(3);
        till.Pass(TimeSpan.FromMinutes(6));
        till.Sell(3);
        Assert.Single(till.Found());
        till.Apply(till.ReleaseOrder(till.TheLock().Id));

        // The first three run out; three of six is half: over.
        till.Pass(TimeSpan.FromMinutes(5));
        till.Do(new Tick());
        Assert.False(till.Stands(RuleName.Velocity));

        till.Sell(3);
        Assert.Equal(2, till.Found().Length);
    }

    [Fact]
    public void A_lock_that_was_released_is_not_raised_again_by_the_same_rush()
    {
        var till = Till.Staffed(Counter.Strict);
        till.Sell(6);
        till.Apply(till.ReleaseOrder(till.TheLock().Id));

        till.Sell(30);

        Assert.Empty(till.State.ActiveLocks);
        Assert.Single(till.Found());
    }

    [Fact]
    public void The_lock_stays_when_its_episode_is_over_for_somebody_has_to_look_first()
    {
        var till = Till.Staffed(Counter.Strict);
        till.Sell(6);

        till.Pass(TimeSpan.FromHours(1));
        till.Do(new Tick());

        Assert.False(till.Stands(RuleName.Velocity));
        Assert.Equal(Cause.Anomaly, till.TheLock().Cause);
    }

    [Fact]
    public void By_default_a_rush_warns_and_blocks_nothing()
    {
        var till = Till.Staffed();

        till.Sell(120);

        Assert.Empty(till.State.ActiveLocks);
        Assert.Equal(FindingEffect.Warning, Assert.Single(till.Found()).Effect);
    }

    [Fact]
    public void In_shadow_it_says_what_it_would_have_done()
    {
        var till = Till.Staffed(
            Counter.Strict with
            {
                Velocity = Counter.Strict.Velocity with { Mode = RuleMode.Shadow },
            }
        );

        till.Sell(6);

        Assert.Empty(till.State.ActiveLocks);
        Assert.Equal(FindingEffect.Shadow, Assert.Single(till.Found()).Effect);
    }

    [Fact]
    public void A_rule_that_is_switched_off_takes_its_finding_with_it()
    {
        var till = Till.Staffed();
        till.Sell(120);

        till.State = till.State with
        {
            Policy = new Policy { Velocity = new VelocityRule { Mode = RuleMode.Off } },
        };
        till.Do(new Tick());

        Assert.Empty(till.State.Findings);
    }

    [Fact]
    public void What_is_remembered_is_bounded()
    {
        var till = Till.Staffed(Counter.Strict);

        till.Sell(500);
        till.Refund(500);

        Assert.Equal(6, till.State.Recent.Sales.Count);
        Assert.Equal(4, till.State.Recent.Refunds.Count);
    }
}
