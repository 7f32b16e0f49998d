using System.Text;
using Tillkeeper.Core.Policies;
using Tillkeeper.Core.Rules;

namespace Tillkeeper.PolicyFiles.Tests;

public sealed class PolicyFileTests
{
    private static Policy Valid(string text)
    {
        var file = PolicyFile.Read(text);
        Assert.Empty(file.Errors.Select(e => e.In("f")));
        return file.Document.Over(Policy.Default);
    }

    [Fact]
    public void The_example_of_the_contract_sets_what_it_says_and_nothing_else()
    {
        var policy = Valid("wrongPassword: {attempts: 4, lockFor: PT45M}");
        var expected = Policy.Default with
        {
            WrongPassword = new() { Attempts = 4, LockFor = TimeSpan.FromMinutes(45) },
        };
        Assert.Equal(expected, policy);
    }

    [Theory]
    [InlineData("off", RuleMode.Off)]
    [InlineData("on", RuleMode.On)]
    [InlineData("shadow", RuleMode.Shadow)]
    [InlineData("'off'", RuleMode.Off)]
    [InlineData("\"on\"", RuleMode.On)]
    public void A_mode_is_a_word_although_YAML_takes_it_for_a_truth_value(
        string word,
        RuleMode mode
    ) => Assert.Equal(mode, Valid($"network:\n  mode: {word}\n").Network.Mode);

    [Fact]
    public void Every_kind_of_value_can_be_written()
    {
        var policy = Valid(
            """
            # A comment, and a blank line

            nightTrading: {from: 22:30, until: "06:00", zone: Asia/Shanghai, sales: 3}
            breaker:
              sharePercent: 1.5
            minimumVersion: {version: 2.4}
            environment: {countries: [CN, HK]}
            network: {paymentHost: pay.example.cn:443}
            parts:
              - {name: printer, probe: printer, match: lp0}
              - name: reader
                probe: usb
                match: 1a86:7523
                blocks: [card_payment, pin_entry]
            """
        );
        Assert.Equal(new TimeOnly(22, 30), policy.NightTrading.From);
        Assert.Equal(1.5, policy.Breaker.SharePercent);
        Assert.Equal("2.4", policy.MinimumVersion.Version);
        Assert.Equal(["CN", "HK"], policy.Environment.Countries!);
        Assert.Equal("pay.example.cn:443", policy.Network.PaymentHost);
        Assert.Equal(["printer", "reader"], policy.Parts.Select(p => p.Name));
        Assert.Equal(2, policy.Parts[1].Blocks!.Count);
    }

    [Fact]
    public void What_can_be_absent_can_be_taken_away_again()
    {
        var before = Policy.Default with { MinimumVersion = new() { Version = "9.9" } };
        var file = PolicyFile.Read("minimumVersion: {version: ~}");
        Assert.Empty(file.Errors);
        Assert.Null(file.Document.Over(before).MinimumVersion.Version);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing yet\n")]
    [InlineData("---\n...\n")]
    public void An_empty_file_sets_nothing(string text) =>
        Assert.Equal(Policy.Default, Valid(text));

    [Fact]
    public void A_preset_is_the_base_and_what_is_written_beside_it_wins()
    {
        var file = PolicyFile.Read("wrongPassword: {attempts: 4}\npreset: strict\n");
        Assert.True(file.IsValid);
        var effective = EffectivePolicy.Of([new PolicyLayer("provider", file.Document)]);
        Assert.Equal(4, effective.Policy.WrongPassword.Attempts);
        Assert.Equal(Presets.Of("strict").Network, effective.Policy.Network);
        Assert.Equal("provider", effective.Sources["wrongPassword.attempts"]);
        Assert.Equal(("strict", "provider"), (effective.Preset, effective.PresetFrom));
    }

    [Fact]
    public void A_file_in_UTF_8_may_begin_with_a_byte_order_mark()
    {
        byte[] bytes = [.. Encoding.UTF8.Preamble, .. "away: {idleAfter: PT5M}"u8];
        Assert.True(PolicyFile.Read(bytes).IsValid);
    }
}
