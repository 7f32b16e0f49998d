using System.Collections.Immutable;
using System.Globalization;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Policies;

namespace Tillkeeper.Core.Rules.Anomalies;

/// <summary>What a rule makes of what a terminal did lately.</summary>
/// <param name="Found">Its threshold is reached.</param>
/// <param name="Over">At most half of it is left: the episode is over. Between the two, what stands goes on standing.</param>
/// <param name="Facts">What it saw, by the names that the texts use.</param>
public sealed record Judgement(
    bool Found,
    bool Over,
    ImmutableSortedDictionary<string, string> Facts
);

/// <summary>The rules on trading and on restarts, each a pure function of what is remembered and of now.</summary>
public static class Judgements
{
    /// <summary>The rules judged here.</summary>
    public static ImmutableArray<RuleName> Rules { get; } =
    [RuleName.NightTrading, RuleName.Velocity, RuleName.RefundBurst, RuleName.Reboots];

    public static Judgement Of(RuleName rule, RecentDoings recent, Policy policy, DeviceTime now) =>
        rule switch
        {
            RuleName.NightTrading => Night(recent, policy.NightTrading, now),
            RuleName.Velocity => Burst(
                "sales",
                recent.Sales,
                policy.Velocity.Sales,
                policy.Velocity.AmountMinor,
                policy.Velocity.Window,
                now
            ),
            RuleName.RefundBurst => Burst(
                "refunds",
                recent.Refunds,
                policy.RefundBurst.Refunds,
                policy.RefundBurst.AmountMinor,
                policy.RefundBurst.Window,
                now
            ),
            RuleName.Reboots => Reboots(recent, policy.Reboots, now),
            _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "judged elsewhere"),
        };

    private static Judgement Night(RecentDoings recent, NightTradingRule rule, DeviceTime now)
    {
        var sales = recent.Night is { } night && !night.Left.IsOver(now) ? night.Sales : 0;
        return new Judgement(
            sales >= rule.Sales,
            sales == 0,
            Facts(
                ("sales", Whole(sales)),
                ("from", rule.From.ToString("HH:mm", CultureInfo.InvariantCulture)),
                ("until", rule.Until.ToString("HH:mm", CultureInfo.InvariantCulture))
            )
        );
    }

    private static Judgement Burst(
        string what,
        ImmutableList<Counted> counted,
        int most,
        long mostMinor,
        TimeSpan window,
        DeviceTime now
    )
    {
        var recent = counted.Where(c => !c.Window.IsOver(now)).ToArray();
        var amounts = recent.Select(c => c.AmountMinor).OfType<long>().ToArray();
        var sum = amounts.Aggregate(0L, Plus);
        var facts = Facts((what, Whole(recent.Length)), ("minutes", Minutes(window)));
        return new Judgement(
            recent.Length >= most || (mostMinor > 0 && sum >= mostMinor),
            recent.Length <= most / 2 && (mostMinor == 0 || sum <= mostMinor / 2),
            amounts.Length == 0 ? facts : facts.Add("amount", Money(sum))
        );
    }

    private static Judgement Reboots(RecentDoings recent, RebootsRule rule, DeviceTime now)
    {
        var starts = recent.Boots.Count(b => !b.IsOver(now));
        return new Judgement(
            starts >= rule.Starts,
            starts <= rule.Starts / 2,
            Facts(("starts", Whole(starts)), ("minutes", Minutes(rule.Window)))
        );
    }

    private static ImmutableSortedDictionary<string, string> Facts(
        params ReadOnlySpan<(string Name, string Value)> facts
    )
    {
        var built = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in facts)
        {
            built[name] = value;
        }
        return built.ToImmutable();
    }

    /// <summary>An amount beyond all measure is as good as the largest: it must not come round to nothing.</summary>
    private static long Plus(long sum, long amount) =>
        amount > long.MaxValue - sum ? long.MaxValue : sum + amount;

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Minutes(TimeSpan window) => Whole((int)Math.Ceiling(window.TotalMinutes));

    /// <summary>Minor units are hundredths; the terminal does not know the currency.</summary>
    private static string Money(long minor) =>
        (minor / 100m).ToString("0.00", CultureInfo.InvariantCulture);
}
