using Tillkeeper.Core.Policies;

namespace Tillkeeper.PolicyFiles.Tests;

public sealed class EffectivePolicyTests
{
    private static PolicyLayer Layer(string target, string text)
    {
        var file = PolicyFile.Read(text);
        Assert.True(file.IsValid);
        return new PolicyLayer(target, file.Document);
    }

    [Fact]
    public void The_nearest_setting_of_each_value_wins()
    {
        var effective = EffectivePolicy.Of([
            Layer(
                "provider",
                "wrongPassword: {attempts: 6, lockFor: PT40M}\naway: {idleAfter: PT9M}"
            ),
            Layer("org:A", "wrongPassword: {lockFor: PT50M}"),
            Layer("terminal:T", "wrongPassword: {lockFor: PT55M, attempts: 2}"),
        ]);
        Assert.Equal(2, effective.Policy.WrongPassword.Attempts);
        Assert.Equal(TimeSpan.FromMinutes(55), effective.Policy.WrongPassword.LockFor);
        Assert.Equal(TimeSpan.FromMinutes(9), effective.Policy.Away.IdleAfter);
        Assert.Equal("terminal:T", effective.Sources["wrongPassword.lockFor"]);
        Assert.Equal("provider", effective.Sources["away.idleAfter"]);
        Assert.False(effective.Sources.ContainsKey("passcode.history"));
    }

    [Fact]
    public void The_nearest_preset_is_the_base_and_overrules_nothing_that_is_written_out()
    {
        var effective = EffectivePolicy.Of([
            Layer("provider", "preset: standard\nwrongPassword: {attempts: 7}"),
            Layer("org:A", "preset: strict"),
        ]);
        Assert.Equal(7, effective.Policy.WrongPassword.Attempts);
        Assert.Equal(
            Presets.Of("strict").WrongPassword.LockFor,
            effective.Policy.WrongPassword.LockFor
        );
        Assert.Equal(("strict", "org:A"), (effective.Preset, effective.PresetFrom));
    }

    [Fact]
    public void A_list_of_parts_holds_as_a_whole()
    {
        var effective = EffectivePolicy.Of([
            Layer("provider", "parts: [{name: a, probe: memory}, {name: b, probe: memory}]"),
            Layer("model:T1", "parts: [{name: c, probe: memory}]"),
        ]);
        Assert.Equal(["c"], effective.Policy.Parts.Select(p => p.Name));
    }

    [Fact]
    public void What_differs_is_told_key_by_key()
    {
        var to = Policy.Default with
        {
            Version = 9,
            Away = new() { IdleAfter = TimeSpan.FromMinutes(5) },
            Network = new() { PaymentHost = "pay:443" },
        };
        Assert.Equal(
            ["away.idleAfter: \"PT15M\" -> \"PT5M\"", "network.paymentHost:  -> \"pay:443\""],
            PolicyValues
                .Changes(Policy.Default, to)
                .Select(c => $"{c.Key}: {c.From?.ToJsonString()} -> {c.To?.ToJsonString()}")
        );
        Assert.Equal("{}", PolicyValues.Essence(Policy.Default with { Version = 3 }));
        Assert.Equal(
            """{"away.idleAfter":"PT5M","network.paymentHost":"pay:443"}""",
            PolicyValues.Essence(to)
        );
    }
}
