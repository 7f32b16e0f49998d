using System.Collections.Immutable;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Policies;
using Tillkeeper.Core.Rules;
using Till = Tillkeeper.Core.Tests.Device.Till;

namespace Tillkeeper.Core.Tests.Rules;

public sealed class FindingTests
{
    private static readonly Evidence Seen = new(
        Facts: ImmutableSortedDictionary<string, string>.Empty.Add("failures", "3")
    );

    [Fact]
    public void A_rule_that_is_on_locks_and_names_itself_and_its_evidence()
    {
        var till = With(RuleMode.On, RuleAction.Lock);

        till.Do(Faulty("7T0000000A"));

        var raised = Assert.Single(till.State.ActiveLocks);
        Assert.Equal(Cause.HardwareFault, raised.Cause);
        Assert.Equal(RuleName.Hardware, raised.Evidence.Rule);
        Assert.Equal("card_reader", raised.Evidence.Part);
        Assert.Equal("3", raised.Evidence.Facts!["failures"]);
        Assert.Equal([Capability.CardPayment], raised.Scope);
    }

    [Fact]
    public void A_rule_in_shadow_records_what_it_would_have_done_and_blocks_nothing()
    {
        var till = With(RuleMode.Shadow, RuleAction.Lock);

        till.Do(Faulty("7T0000000A"));

        Assert.Empty(till.State.ActiveLocks);
        var found = Assert.Single(till.Journal.OfType<RuleFound>());
        Assert.Equal(FindingEffect.Shadow, found.Effect);
        Assert.Equal([Capability.CardPayment], found.Scope);
    }

    [Fact]
    public void A_rule_that_is_off_leaves_no_trace()
    {
        var till = With(RuleMode.Off, RuleAction.Lock);
        var before = till.Journal.Count;

        till.Do(Faulty("7T0000000A"));

        Assert.Equal(before, till.Journal.Count);
    }

    [Fact]
    public void A_rule_that_warns_blocks_nothing_and_its_warning_stands_until_the_condition_is_gone()
    {
        var till = With(RuleMode.On, RuleAction.Warn);

        till.Do(Faulty("7T0000000A"));
        Assert.Equal(FindingEffect.Warning, Assert.Single(till.State.Findings).Value.Effect);
        Assert.Empty(till.State.ActiveLocks);

        till.Do(new Clear(RuleName.Hardware, "card_reader"));
        Assert.Empty(till.State.Findings);
    }

    [Fact]
    public void A_lock_whose_scope_is_empty_is_a_warning()
    {
        var till = With(RuleMode.On, RuleAction.Lock);

        till.Do(new Find(RuleName.Hardware, Seen, "7T0000000A", "printer", []));

        Assert.Empty(till.State.ActiveLocks);
        Assert.Equal(FindingEffect.Warning, Assert.Single(till.State.Findings).Value.Effect);
    }

    [Fact]
    public void Its_lock_ends_by_the_rules_own_way_out_when_the_condition_is_gone()
    {
        var till = With(RuleMode.On, RuleAction.Lock);
        till.Do(Faulty("7T0000000A"));

        till.Do(new Clear(RuleName.Hardware, "card_reader"));

        Assert.Empty(till.State.ActiveLocks);
        Assert.Equal(WayOut.SelfTest, till.Journal.OfType<LockEnded>().Single().WayOut);
    }

    [Fact]
    public void The_same_episode_locks_once_and_the_next_one_again()
    {
        var till = With(RuleMode.On, RuleAction.Lock);
        till.Do(Faulty("7T0000000A"));
        till.Do(Faulty("7T0000000B"));
        Assert.Equal("7T0000000A", Assert.Single(till.State.ActiveLocks).Id);

        till.Do(new Clear(RuleName.Hardware, "card_reader"));
        till.Do(Faulty("7T0000000C"));

        Assert.Equal("7T0000000C", Assert.Single(till.State.ActiveLocks).Id);
    }

    [Fact]
    public void Two_parts_are_two_findings_and_ending_one_leaves_the_other()
    {
        var till = With(RuleMode.On, RuleAction.Lock);
        till.Do(Faulty("7T0000000A"));
        till.Do(new Find(RuleName.Hardware, Seen, "7T0000000B", "keypad", [Capability.PinEntry]));

        till.Do(new Clear(RuleName.Hardware, "card_reader"));

        Assert.Equal("keypad", Assert.Single(till.State.ActiveLocks).Evidence.Part);
    }

    [Fact]
    public void A_policy_that_turns_a_rule_to_shadow_leaves_a_standing_lock_to_its_ways_out()
    {
        var till = With(RuleMode.On, RuleAction.Lock);
        till.Do(Faulty("7T0000000A"));

        till.State = till.State with { Policy = Policy(RuleMode.Shadow, RuleAction.Lock) };
        till.Do(Faulty("7T0000000B"));

        Assert.Equal("7T0000000A", Assert.Single(till.State.ActiveLocks).Id);
    }

    [Fact]
    public void A_warning_becomes_a_lock_when_the_policy_becomes_stricter()
    {
        var till = With(RuleMode.On, RuleAction.Warn);
        till.Do(Faulty("7T0000000A"));

        till.State = till.State with { Policy = Policy(RuleMode.On, RuleAction.Lock) };
        till.Do(Faulty("7T0000000B"));

        Assert.Equal("7T0000000B", Assert.Single(till.State.ActiveLocks).Id);
    }

    [Fact]
    public void Money_that_is_taken_and_not_settled_is_counted_until_the_batch_is_closed()
    {
        var till = With(RuleMode.On, RuleAction.Lock);
        till.Do(new EndSale(Capability.CardPayment, SaleOutcome.Approved, 1250));
        till.Do(new EndSale(Capability.CardPayment, SaleOutcome.Declined, 1250));
        till.Do(new EndSale(Capability.QrPayment, SaleOutcome.Approved, 300));
        Assert.Equal(2, till.State.Unsettled);

        till.Do(new EndSale(Capability.BatchClose, SaleOutcome.Approved));

        Assert.Equal(0, till.State.Unsettled);
    }

    private static Find Faulty(string lockId) =>
        new(RuleName.Hardware, Seen, lockId, "card_reader", [Capability.CardPayment]);

    private static Till With(RuleMode mode, RuleAction then) => Till.Staffed(Policy(mode, then));

    private static Policy Policy(RuleMode mode, RuleAction then) =>
        new()
        {
            Hardware = new HardwareRule { Mode = mode, Then = then },
        };
}
