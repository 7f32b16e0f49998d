using Tillkeeper.Core.Policies;
using Tillkeeper.Core.Rules;

namespace Tillkeeper.PolicyFiles.Tests;

public sealed class PresetsTests
{
    public static TheoryData<string> Names => [.. Presets.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_preset_is_a_policy_file_without_a_mistake(string name)
    {
        var file = PolicyFile.Read(Presets.TextOf(name));
        Assert.Empty(file.Errors.Select(e => e.In(name)));
        Assert.Null(PolicyLimits.Check(Presets.Of(name)));
        // Whom a shop calls and what a model has is nobody's to preset.
        Assert.DoesNotContain(file.Document.Sections, s => s.Section.Name is "support" or "parts");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_preset_honours_every_clause(string name) =>
        Assert.Empty(Clauses.DepartedFrom(Presets.Of(name)).Select(c => $"{c.Key}: {c.Source}"));

    [Fact]
    public void Gentle_is_what_holds_by_default() =>
        Assert.Equal(Policy.Default, Presets.Of("gentle"));

    [Fact]
    public void Each_preset_is_at_least_as_hard_as_the_one_before()
    {
        foreach (var rule in RuleTable.All)
        {
            var effects = Presets.Names.Select(n =>
                (int?)RuleTable.Effect(rule.Name, Presets.Of(n)) ?? -1
            );
            Assert.True(effects.SequenceEqual(effects.Order()), rule.Section);
        }
        Assert.All(
            RuleTable.All,
            rule =>
                Assert.Equal(FindingEffect.Lock, RuleTable.Effect(rule.Name, Presets.Of("strict")))
        );
    }

    [Fact]
    public void A_clause_is_missed_by_a_policy_that_departs_from_it()
    {
        var lax = PolicyFile
            .Read(
                """
                wrongPassword: {attempts: 11, lockFor: PT10M, resetAfter: 101, terminalAttempts: 101}
                passcode: {history: 3, iterations: 1000, grantFor: P2D}
                away: {idleAfter: PT0S}
                offlineCode: {validFor: PT11M}
                minimumVersion: {grace: P60D}
                location: {mode: off}
                """
            )
            .Document.Over(Policy.Default);
        Assert.Equal(Clauses.All, Clauses.DepartedFrom(lax));
    }

    [Fact]
    public void Every_clause_is_about_a_key_that_there_is()
    {
        var keys = PolicyValues.Of(Policy.Default).Select(v => v.Key).ToHashSet();
        Assert.All(Clauses.All, c => Assert.Contains(c.Key, keys));
    }
}
