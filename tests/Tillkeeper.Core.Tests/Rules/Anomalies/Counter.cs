using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Policies;
using Tillkeeper.Core.Rules;
using Till = Tillkeeper.Core.Tests.Device.Till;

namespace Tillkeeper.Core.Tests.Rules.Anomalies;

/// <summary>A till at work: sells and refunds, and says what its rules made of it.</summary>
internal static class Counter
{
    public static IReadOnlyList<IDeviceEvent> Sell(
        this Till till,
        int times = 1,
        long? amountMinor = 1250,
        Capability by = Capability.CardPayment,
        SaleOutcome outcome = SaleOutcome.Approved,
        TimeOnly? at = null
    )
    {
        List<IDeviceEvent> events = [];
        for (var i = 0; i < times; i++)
        {
            events.AddRange(till.Do(new EndSale(by, outcome, amountMinor, LocalTime: at)));
        }
        return events;
    }

    public static IReadOnlyList<IDeviceEvent> Refund(
        this Till till,
        int times = 1,
        long? amountMinor = 900
    ) => till.Sell(times, amountMinor, Capability.Refund);

    public static RuleFound[] Found(this Till till) => [.. till.Journal.OfType<RuleFound>()];

    public static bool Stands(this Till till, RuleName rule) =>
        till.State.Findings.ContainsKey(Finding.KeyOf(rule, null));

    /// <summary>Every anomaly rule locks, from low thresholds on.</summary>
    public static Policy Strict { get; } =
        new()
        {
            NightTrading = new NightTradingRule
            {
                Mode = RuleMode.On,
                Then = RuleAction.Lock,
                Sales = 3,
            },
            Velocity = new VelocityRule
            {
                Then = RuleAction.Lock,
                Sales = 6,
                Window = TimeSpan.FromMinutes(10),
            },
            RefundBurst = new RefundBurstRule
            {
                Then = RuleAction.Lock,
                Refunds = 4,
                Window = TimeSpan.FromMinutes(30),
            },
            Reboots = new RebootsRule
            {
                Then = RuleAction.Lock,
                Starts = 4,
                Window = TimeSpan.FromHours(1),
            },
        };
}
