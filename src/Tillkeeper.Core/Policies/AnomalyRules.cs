using Tillkeeper.Core.Rules;

namespace Tillkeeper.Core.Policies;

/// <summary>Sales at hours when the shop is closed (C7).</summary>
public sealed record NightTradingRule : IRuleSection
{
    public RuleMode Mode { get; init; } = RuleMode.Off;
    public RuleAction Then { get; init; } = RuleAction.Warn;

    /// <summary>Closed from this hour to <see cref="Until"/>, in <see cref="Zone"/>.</summary>
    public TimeOnly From { get; init; } = new(1, 0);
    public TimeOnly Until { get; init; } = new(5, 0);
    public string Zone { get; init; } = "Asia/Shanghai";

    /// <summary>Sales in one night that make a finding.</summary>
    public int Sales { get; init; } = 5;
}

/// <summary>More sales, or more money, in a short time than a till can honestly take (C7).</summary>
public sealed record VelocityRule : IRuleSection
{
    public RuleMode Mode { get; init; } = RuleMode.On;
    public RuleAction Then { get; init; } = RuleAction.Warn;
    public int Sales { get; init; } = 120;
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Minor units within the window; 0 means that amounts are not judged.</summary>
    public long AmountMinor { get; init; }
}

/// <summary>Many refunds in a short time (C7).</summary>
public sealed record RefundBurstRule : IRuleSection
{
    public RuleMode Mode { get; init; } = RuleMode.On;
    public RuleAction Then { get; init; } = RuleAction.Warn;
    public int Refunds { get; init; } = 12;
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Minor units within the window; 0 means that amounts are not judged.</summary>
    public long AmountMinor { get; init; }
}

/// <summary>A machine that starts again and again (C7).</summary>
public sealed record RebootsRule : IRuleSection
{
    public RuleMode Mode { get; init; } = RuleMode.On;
    public RuleAction Then { get; init; } = RuleAction.Warn;
    public int Starts { get; init; } = 8;
    public TimeSpan Window { get; init; } = TimeSpan.FromHours(1);
}

/// <summary>Two positions that no vehicle joins in the time between them (C7).</summary>
public sealed record ImpossibleTravelRule : IRuleSection
{
    public RuleMode Mode { get; init; } = RuleMode.On;
    public RuleAction Then { get; init; } = RuleAction.Warn;
    public int KilometresPerHour { get; init; } = 1000;
}

/// <summary>A program older than the provider still allows (C7). PCI DSS 4.0 6.3.3: critical patches within a month.</summary>
public sealed record MinimumVersionRule : IRuleSection
{
    public RuleMode Mode { get; init; } = RuleMode.On;
    public RuleAction Then { get; init; } = RuleAction.Warn;

    /// <summary>Dotted numbers, e.g. <c>2.4.0</c>; null for none.</summary>
    public string? Version { get; init; }

    /// <summary>How long a terminal has to be updated once it is too old.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromDays(30);
}

/// <summary>A merchant in arrears (欠费): only after notice (C7, B10).</summary>
public sealed record ArrearsRule : IRuleSection
{
    public RuleMode Mode { get; init; } = RuleMode.On;
    public RuleAction Then { get; init; } = RuleAction.Warn;

    /// <summary>From the notice to the lock.</summary>
    public TimeSpan Notice { get; init; } = TimeSpan.FromDays(14);
}

/// <summary>
/// Stops a rule that suddenly locks too many (B8): within <see cref="Window"/> more than <see cref="SharePercent"/> of the terminals, and at
/// least <see cref="Minimum"/>. Set for the provider as a whole.
/// </summary>
public sealed record Breaker
{
    public double SharePercent { get; init; } = 0.5;
    public int Minimum { get; init; } = 5;
    public TimeSpan Window { get; init; } = TimeSpan.FromHours(1);
}

/// <summary>
/// How much one person may lock alone (B10). Beyond it a second person has to agree. Set for the provider as a whole.
/// </summary>
public sealed record RemoteLimit
{
    /// <summary>Terminals that locks of one person may reach within any hour: single, by selector and scheduled ones together.</summary>
    public int PerPersonAndHour { get; init; } = 20;
}
