using System.Globalization;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Policies;
using Tillkeeper.Core.Rules;
using Tillkeeper.Core.Rules.Texts;

namespace Tillkeeper.Core.Tests.Rules;

public sealed class RuleTableTests
{
    public static TheoryData<RuleName> Names => new(Enum.GetValues<RuleName>());

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_rule_stands_at_its_own_place_in_the_table(RuleName name) =>
        Assert.Equal(name, RuleTable.Of(name).Name);

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_rule_is_a_section_of_a_policy(RuleName name) =>
        Assert.Single(PolicySections.All, s => s.Name == RuleTable.Of(name).Section);

    [Theory]
    [MemberData(nameof(Names))]
    public void Switching_a_rule_changes_its_mode_and_nothing_else(RuleName name)
    {
        var rule = RuleTable.Of(name);

        var shadow = rule.With(Policy.Default, RuleMode.Shadow);

        Assert.Equal(RuleMode.Shadow, rule.In(shadow).Mode);
        Assert.Equal(Policy.Default, rule.With(shadow, rule.In(Policy.Default).Mode));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_way_out_by_which_a_lock_ends_by_itself_is_one_that_its_cause_has(RuleName name)
    {
        var rule = RuleTable.Of(name);
        if (rule.Ends is { } way)
        {
            Assert.Contains(way, LockTable.Of(rule.Cause).WaysOut);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_rule_can_be_told_in_both_languages(RuleName name)
    {
        var english = RuleExplainer.Warn(name, Evidence.None, CultureInfo.GetCultureInfo("en"));
        var chinese = RuleExplainer.Warn(
            name,
            Evidence.None,
            CultureInfo.GetCultureInfo("zh-Hans")
        );

        Assert.NotEqual(english.Title, chinese.Title);
        Assert.NotEqual(english.Now, chinese.Now);
        Assert.DoesNotContain('{', english.Title + english.Now + chinese.Title + chinese.Now);
    }
}
