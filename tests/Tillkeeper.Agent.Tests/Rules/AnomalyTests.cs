using System.Net;
using Tillkeeper.Agent.Tests.World;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Policies;
using Tillkeeper.Core.Rules;

namespace Tillkeeper.Agent.Tests.Rules;

/// <summary>Anomalies of trading at a real till, and what the shop is told of them.</summary>
public sealed class AnomalyTests
{
    private static Task<TestServer> StrictAsync(TimeOnly? from = null, TimeOnly? until = null) =>
        TestServer.StartAsync(
            new Policy
            {
                Passcode = new PasscodeRule { Iterations = 10 },
                Velocity = new VelocityRule { Then = RuleAction.Lock, Sales = 4 },
                NightTrading = new NightTradingRule
                {
                    Mode = from is null ? RuleMode.Off : RuleMode.On,
                    Then = RuleAction.Lock,
                    Sales = 2,
                    From = from ?? new TimeOnly(1, 0),
                    Until = until ?? new TimeOnly(5, 0),
                    Zone = "Asia/Shanghai",
                },
            }
        );

    [Theory]
    [InlineData("en", "4 sales, 50.00 in all, within 10 minutes.")]
    [InlineData("zh", "10分钟内交易4笔，共50.00。")]
    public async Task The_shop_reads_which_rule_locked_and_what_it_saw(string language, string saw)
    {
        await using var server = await StrictAsync();
        await using var terminal = await TestTerminal.StartAsync(server);

        await SellAsync(terminal, 4);

        var shown = Assert.Single((await terminal.GetAsync($"status?lang={language}")).Locks);
        Assert.Equal("E10", shown.GetProperty("code").GetString());
        var evidence = shown.GetProperty("evidence");
        Assert.Equal("velocity", evidence.GetProperty("rule").GetString());
        Assert.Equal("4", evidence.GetProperty("facts").GetProperty("sales").GetString());
        Assert.Equal("50.00", evidence.GetProperty("facts").GetProperty("amount").GetString());
        Assert.Contains(
            saw,
            shown.GetProperty("explanation").GetProperty("safe").GetString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_window_and_the_lock_outlive_a_restart()
    {
        await using var server = await StrictAsync();
        await using var terminal = await TestTerminal.StartAsync(server);
        await SellAsync(terminal, 3);
        await terminal.RestartAsync();
        await SellAsync(terminal, 1);
        Assert.False(await terminal.AllowsAsync());

        await terminal.RestartAsync();

        Assert.False(await terminal.AllowsAsync());
        Assert.True(await terminal.AllowsAsync("manual_ledger"));
    }

    [Fact]
    public async Task Closing_hours_are_those_of_the_shops_own_time_zone()
    {
        // The server's signed time is 08:00 UTC: 16:00 in Shanghai.
        await using var server = await StrictAsync(new TimeOnly(15, 30), new TimeOnly(16, 30));
        await using var terminal = await TestTerminal.StartAsync(server);
        await Eventually.TrueAsync(() => terminal.Trusts, "signed time has come");

        await SellAsync(terminal, 2);

        var facts = Assert
            .Single(await terminal.LocksAsync())
            .GetProperty("evidence")
            .GetProperty("facts");
        Assert.Equal("15:30", facts.GetProperty("from").GetString());
        Assert.Equal("2", facts.GetProperty("sales").GetString());
    }

    [Fact]
    public async Task What_a_rule_of_the_server_saw_comes_with_its_order()
    {
        await using var terminal = await TestTerminal.StartAsync();
        var seen = new Evidence(
            Rule: RuleName.MinimumVersion,
            Facts: System
                .Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty.Add(
                    "version",
                    "1.0.0"
                )
                .Add("minimum", "2.0.0")
        );

        terminal.Server.Send(o =>
        {
            var locking = o.Locking("A0A0A0A0A0", Cause.Anomaly);
            return locking with { Lock = locking.Lock! with { Evidence = seen } };
        });

        await Eventually.TrueAsync(() => terminal.Till.State.LastOrder == 1, "the lock came");
        var shown = Assert.Single(await terminal.LocksAsync());
        Assert.Equal(
            "minimum_version",
            shown.GetProperty("evidence").GetProperty("rule").GetString()
        );
        Assert.Contains(
            "Version 1.0.0; the provider asks for 2.0.0.",
            shown.GetProperty("explanation").GetProperty("safe").GetString(),
            StringComparison.Ordinal
        );
    }

    private static async Task SellAsync(TestTerminal terminal, int times)
    {
        for (var i = 0; i < times; i++)
        {
            var answer = await terminal.Till.AskAsync(
                new EndSale(Capability.CardPayment, SaleOutcome.Approved, 1250)
            );
            Assert.Null(answer.Refusal);
        }
    }
}
