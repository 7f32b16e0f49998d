using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Policies;
using Tillkeeper.Core.Rules;
using Till = Tillkeeper.Core.Tests.Device.Till;

namespace Tillkeeper.Core.Tests.Rules.CustomerPins;

/// <summary>Nine wrong PINs over four cards within half an hour lock PIN entry; a forgetful customer locks nothing.</summary>
public sealed class CustomerPinTests
{
    private readonly Till till = Till.Staffed();

    [Fact]
    public void One_forgetful_customer_never_locks_however_often()
    {
        Wrong("a", 1000);
        Assert.Empty(till.State.ActiveLocks);
        Assert.Empty(till.State.Findings);
        Assert.True(till.State.WrongPins.Recent.Count <= 3);
    }

    [Fact]
    public void Nor_do_one_forgetful_customer_and_a_few_who_mistyped()
    {
        Wrong("a", 100);
        Wrong("b", 1);
        Wrong("c", 1);
        Wrong("d", 1);
        Assert.Empty(till.State.ActiveLocks);
    }

    [Fact]
    public void Cards_that_nobody_tells_apart_count_as_one()
    {
        for (var i = 0; i < 50; i++)
        {
            till.Do(new EndSale(Capability.CardPayment, SaleOutcome.WrongPin));
        }
        Assert.Empty(till.State.ActiveLocks);
    }

    [Fact]
    public void Many_wrong_pins_over_several_cards_lock_pin_entry_alone()
    {
        Wrong("a", 3);
        Wrong("b", 2);
        Wrong("c", 2);
        Wrong("d", 1);
        Assert.Empty(till.State.ActiveLocks);
        till.Do(new EndSale(Capability.CardPayment, SaleOutcome.PinTriesExceeded, null, "d"));

        var raised = Assert.Single(till.State.ActiveLocks);
        Assert.Equal(Cause.CustomerPin, raised.Cause);
        Assert.Equal([Capability.PinEntry], raised.Scope);
        Assert.Equal("9", raised.Evidence.Facts!["wrongPins"]);
        Assert.Equal("4", raised.Evidence.Facts["cards"]);
        Assert.True(Verdict.Of(till.State.ActiveLocks, Capability.QrPayment).Allow);
        Assert.True(Verdict.Of(till.State.ActiveLocks, Capability.CardPayment).Allow);
    }

    [Fact]
    public void It_never_counts_against_staff_nor_staff_against_it()
    {
        Attack();
        Assert.Equal(0, till.State.FailuresOf(Till.Cashier));
        Assert.Empty(till.State.RecentFailures);
        Assert.DoesNotContain(till.State.ActiveLocks, l => l.Cause == Cause.WrongPassword);

        var other = Till.Staffed();
        other.Wrong(Till.Cashier, 5);
        Assert.Empty(other.State.WrongPins.Recent);
    }

    [Fact]
    public void Spread_over_a_day_it_is_no_attack()
    {
        for (var i = 0; i < 40; i++)
        {
            Wrong($"card-{i}", 1);
            till.Pass(TimeSpan.FromMinutes(8));
        }
        Assert.Empty(till.State.ActiveLocks);
    }

    [Fact]
    public void It_ends_by_itself_and_the_next_attack_locks_anew()
    {
        Attack();
        till.Pass(TimeSpan.FromMinutes(29));
        till.Do(new Tick());
        Assert.Single(till.State.ActiveLocks);
        till.Pass(TimeSpan.FromMinutes(1));
        till.Do(new Tick());
        till.Do(new Tick());
        Assert.Empty(till.State.ActiveLocks);
        Assert.Empty(till.State.Findings);
        Attack("again");
        Assert.Single(till.State.ActiveLocks);
    }

    [Fact]
    public void An_attack_that_goes_on_after_a_release_locks_again()
    {
        Attack();
        till.Apply(till.ReleaseOrder(till.TheLock().Id));
        till.Do(new Tick());
        Assert.Empty(till.State.Findings);
        Attack("more");
        Assert.Single(till.State.ActiveLocks);
    }

    [Fact]
    public void What_is_remembered_is_bounded_under_any_attack()
    {
        for (var i = 0; i < 5000; i++)
        {
            Wrong($"card-{i}", 1);
        }
        Assert.True(till.State.WrongPins.Recent.Count <= 18);
        Assert.Single(till.State.ActiveLocks);
    }

    [Theory]
    [InlineData(RuleMode.Off, RuleAction.Lock, 0, null)]
    [InlineData(RuleMode.Shadow, RuleAction.Lock, 0, FindingEffect.Shadow)]
    [InlineData(RuleMode.On, RuleAction.Warn, 0, FindingEffect.Warning)]
    [InlineData(RuleMode.On, RuleAction.Lock, 1, FindingEffect.Lock)]
    public void The_policy_says_what_comes_of_it(
        RuleMode mode,
        RuleAction then,
        int locks,
        FindingEffect? effect
    )
    {
        till.State = till.State with
        {
            Policy = new Policy
            {
                CustomerPin = new CustomerPinRule { Mode = mode, Then = then },
            },
        };
        Attack();
        Assert.Equal(locks, till.State.ActiveLocks.Count());
        Assert.Equal(effect, till.State.Findings.Values.SingleOrDefault()?.Effect);
    }

    private void Attack(string name = "card")
    {
        for (var card = 0; card < 5; card++)
        {
            Wrong($"{name}-{card}", 2);
        }
    }

    private void Wrong(string card, int times)
    {
        for (var i = 0; i < times; i++)
        {
            till.Do(new EndSale(Capability.CardPayment, SaleOutcome.WrongPin, 1200, card));
        }
    }
}
