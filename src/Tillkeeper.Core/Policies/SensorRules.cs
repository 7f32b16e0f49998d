using Tillkeeper.Core.Rules;

namespace Tillkeeper.Core.Policies;

/// <summary>
/// When wrong customer PINs look like an attack (C2). Response codes 55, 75 and 38 are the card's matter: one forgetful customer counts as
/// one card, and never locks.
/// </summary>
public sealed record CustomerPinRule : IRuleSection
{
    public RuleMode Mode { get; init; } = RuleMode.On;
    public RuleAction Then { get; init; } = RuleAction.Lock;

    /// <summary>Wrong PINs within <see cref="Window"/>, over at least <see cref="Cards"/> different cards.</summary>
    public int WrongPins { get; init; } = 9;
    public int Cards { get; init; } = 4;
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(30);
    public TimeSpan LockFor { get; init; } = TimeSpan.FromMinutes(30);
}

/// <summary>How a part is judged (C4); which parts there are says <see cref="Policy.Parts"/>.</summary>
public sealed record HardwareRule : IRuleSection
{
    public RuleMode Mode { get; init; } = RuleMode.On;
    public RuleAction Then { get; init; } = RuleAction.Lock;

    /// <summary>How often each part is tested.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Failed runs, of the last <see cref="Among"/>, that make a fault.</summary>
    public int Failures { get; init; } = 4;

    /// <summary>How many of the last runs are looked at.</summary>
    public int Among { get; init; } = 6;

    /// <summary>Good runs in a row that end it.</summary>
    public int Recoveries { get; init; } = 2;
}

/// <summary>
/// A part of a terminal, declared by its model's profile. Only declared parts are tested, and a fault blocks exactly what is listed.
/// </summary>
/// <param name="Name">E.g. <c>card_reader</c>: letters, digits, <c>_</c> and <c>-</c>, at most 40.</param>
/// <param name="Probe">A built-in probe's name, <c>command</c>, or <c>reported</c> by the vendor's own program.</param>
/// <param name="Match">What the probe looks for, e.g. <c>1a86:7523</c>.</param>
/// <param name="Blocks">Capabilities that depend on the part; none means that a fault only warns. A printer has none.</param>
/// <param name="Least">The least that is enough, for probes that measure.</param>
public sealed record PartProfile(
    string Name,
    string Probe,
    string? Match = null,
    IReadOnlyList<Locks.Capability>? Blocks = null,
    double? Least = null
);

/// <summary>When the network counts as unstable (C5). That the server alone cannot be reached is not a bad network.</summary>
public sealed record NetworkRule : IRuleSection
{
    public RuleMode Mode { get; init; } = RuleMode.On;
    public RuleAction Then { get; init; } = RuleAction.Warn;
    public TimeSpan Every { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The host that card payments go to, <c>host:port</c>; null when it is not measured.</summary>
    public string? PaymentHost { get; init; }

    /// <summary>Failed connections out of a hundred, within <see cref="Window"/>, from which it is bad.</summary>
    public int LossPercent { get; init; } = 40;
    public TimeSpan Latency { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Changes between reachable and not, within <see cref="Window"/>, from which it is bad.</summary>
    public int Flaps { get; init; } = 10;
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>For how long it must be bad before it counts, and good before it is over.</summary>
    public TimeSpan BadFor { get; init; } = TimeSpan.FromMinutes(3);
    public TimeSpan GoodFor { get; init; } = TimeSpan.FromMinutes(5);
}

/// <summary>A terminal that nobody can reach cannot be locked either (C5).</summary>
public sealed record OfflineTooLongRule : IRuleSection
{
    public RuleMode Mode { get; init; } = RuleMode.On;
    public RuleAction Then { get; init; } = RuleAction.Warn;

    /// <summary>The warning comes days before the lock.</summary>
    public TimeSpan WarnAfter { get; init; } = TimeSpan.FromDays(3);
    public TimeSpan LockAfter { get; init; } = TimeSpan.FromDays(7);
}

/// <summary>
/// Where a terminal connects from (C6). Behind carrier NAT an address says little: SIM, cell, gateway and Wi-Fi count more.
/// </summary>
public sealed record EnvironmentRule : IRuleSection
{
    public RuleMode Mode { get; init; } = RuleMode.On;
    public RuleAction Then { get; init; } = RuleAction.Warn;

    /// <summary>Weight of evidence, out of 100, from which an environment counts as strange.</summary>
    public int Score { get; init; } = 60;

    /// <summary>For how long it must be strange, and familiar again.</summary>
    public TimeSpan Dwell { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a terminal is watched before what is usual for it counts.</summary>
    public TimeSpan Learn { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How long the merchant has to answer a question.</summary>
    public TimeSpan AnswerWithin { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Countries (ISO 3166-1 alpha-2) that are expected, where a database of addresses is configured; null for any.</summary>
    public IReadOnlyList<string>? Countries { get; init; }
}

/// <summary>
/// Where a terminal stands (C6). Yinfa [2021] No. 259: positioning, with distances and intervals set by the provider.
/// </summary>
public sealed record LocationRule : IRuleSection
{
    public RuleMode Mode { get; init; } = RuleMode.On;
    public RuleAction Then { get; init; } = RuleAction.Warn;

    /// <summary>Metres beyond the registered radius, and beyond what the position is unsure of.</summary>
    public int Beyond { get; init; } = 500;
    public TimeSpan Dwell { get; init; } = TimeSpan.FromMinutes(30);
    public TimeSpan AnswerWithin { get; init; } = TimeSpan.FromDays(1);
}
