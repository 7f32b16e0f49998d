using System.Globalization;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Locks.Texts;
using Tillkeeper.Core.Rules;
using Tillkeeper.Core.Rules.Texts;
using Tillkeeper.Core.Tests.Rules.Anomalies;
using Till = Tillkeeper.Core.Tests.Device.Till;

namespace Tillkeeper.Core.Tests.Rules.Texts;

/// <summary>What a rule saw stands on the lock that it raised, in the words of the person reading it.</summary>
public sealed class EvidenceTextTests
{
    public static TheoryData<string, string, string> Said { get; } =
        new()
        {
            { "velocity", "en", "6 sales, 75.00 in all, within 10 minutes." },
            { "velocity", "zh-Hans", "10分钟内交易6笔，共75.00。" },
            { "velocity_less", "en", "6 sales within 10 minutes." },
            { "velocity_less", "zh-Hans", "10分钟内交易6笔。" },
            { "refund_burst", "en", "4 refunds, 36.00 in all, within 30 minutes." },
            { "refund_burst", "zh-Hans", "30分钟内退款4笔，共36.00。" },
            { "night_trading", "en", "3 sales between 01:00 and 05:00." },
            { "night_trading", "zh-Hans", "01:00至05:00之间有3笔交易。" },
            { "reboots", "en", "4 restarts within 60 minutes." },
            { "reboots", "zh-Hans", "60分钟内重启4次。" },
        };

    [Theory]
    [MemberData(nameof(Said))]
    public void A_lock_says_what_its_rule_saw(string what, string language, string sentence)
    {
        var raised = Raised(what);

        var told = LockExplainer.Explain(
            raised,
            new ExplanationContext(DateTimeOffset.UnixEpoch, "400-000-0000"),
            CultureInfo.GetCultureInfo(language)
        );

        Assert.Contains(sentence, told.Safe, StringComparison.Ordinal);
        Assert.Contains("E10", told.Title, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en")]
    [InlineData("zh-Hans")]
    public void A_warning_says_the_same(string language)
    {
        var evidence = Raised("velocity_less").Evidence;
        var culture = CultureInfo.GetCultureInfo(language);

        var told = RuleExplainer.Warn(RuleName.Velocity, evidence, culture);

        Assert.Equal(RuleExplainer.Saw(evidence, culture), told.Saw);
        Assert.NotEmpty(told.Saw);
    }

    private static Lock Raised(string what)
    {
        var till = Till.Staffed(Counter.Strict);
        switch (what)
        {
            case "velocity":
                till.Sell(6);
                break;
            case "velocity_less":
                till.Sell(6, null);
                break;
            case "refund_burst":
                till.Refund(4);
                break;
            case "night_trading":
                till.Sell(3, at: new TimeOnly(2, 0));
                break;
            default:
                for (var i = 0; i <= 4; i++)
                {
                    till.PowerCut(hears: true);
                }
                till.Do(new Core.Device.Tick());
                break;
        }
        return till.TheLock();
    }
}
