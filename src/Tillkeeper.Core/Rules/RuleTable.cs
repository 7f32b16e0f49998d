using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Policies;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Core.Rules;

/// <summary>What holds for every finding of one rule.</summary>
/// <param name="Section">The section of a policy file that sets it, e.g. <c>customerPin</c>.</param>
/// <param name="Ends">
/// The way out by which its lock ends by itself once the condition is gone; null when somebody has to look first.
/// </param>
/// <param name="In">Its section in a policy.</param>
/// <param name="With">The policy with the rule in another mode.</param>
public sealed record RuleEntry(
    RuleName Name,
    string Section,
    Cause Cause,
    RuleSide Side,
    WayOut? Ends,
    Func<Policy, IRuleSection> In,
    Func<Policy, RuleMode, Policy> With
);

/// <summary>Every rule of the product, in one place; <c>docs/concepts/causes.md</c> is generated from it.</summary>
public static class RuleTable
{
    private static readonly RuleEntry[] Rules =
    [
        new(
            RuleName.CustomerPin,
            "customerPin",
            Cause.CustomerPin,
            RuleSide.Terminal,
            null,
            p => p.CustomerPin,
            (p, mode) => p with { CustomerPin = p.CustomerPin with { Mode = mode } }
        ),
        new(
            RuleName.Hardware,
            "hardware",
            Cause.HardwareFault,
            RuleSide.Terminal,
            WayOut.SelfTest,
            p => p.Hardware,
            (p, mode) => p with { Hardware = p.Hardware with { Mode = mode } }
        ),
        new(
            RuleName.Network,
            "network",
            Cause.NetworkUnstable,
            RuleSide.Terminal,
            WayOut.Reconnect,
            p => p.Network,
            (p, mode) => p with { Network = p.Network with { Mode = mode } }
        ),
        new(
            RuleName.OfflineTooLong,
            "offlineTooLong",
            Cause.OfflineTooLong,
            RuleSide.Terminal,
            WayOut.Reconnect,
            p => p.OfflineTooLong,
            (p, mode) => p with { OfflineTooLong = p.OfflineTooLong with { Mode = mode } }
        ),
        new(
            RuleName.Environment,
            "environment",
            Cause.NetworkAnomaly,
            RuleSide.Server,
            WayOut.NetworkCheck,
            p => p.Environment,
            (p, mode) => p with { Environment = p.Environment with { Mode = mode } }
        ),
        new(
            RuleName.Location,
            "location",
            Cause.LocationAnomaly,
            RuleSide.Server,
            null,
            p => p.Location,
            (p, mode) => p with { Location = p.Location with { Mode = mode } }
        ),
        new(
            RuleName.NightTrading,
            "nightTrading",
            Cause.Anomaly,
            RuleSide.Terminal,
            null,
            p => p.NightTrading,
            (p, mode) => p with { NightTrading = p.NightTrading with { Mode = mode } }
        ),
        new(
            RuleName.Velocity,
            "velocity",
            Cause.Anomaly,
            RuleSide.Terminal,
            null,
            p => p.Velocity,
            (p, mode) => p with { Velocity = p.Velocity with { Mode = mode } }
        ),
        new(
            RuleName.RefundBurst,
            "refundBurst",
            Cause.Anomaly,
            RuleSide.Terminal,
            null,
            p => p.RefundBurst,
            (p, mode) => p with { RefundBurst = p.RefundBurst with { Mode = mode } }
        ),
        new(
            RuleName.Reboots,
            "reboots",
            Cause.Anomaly,
            RuleSide.Terminal,
            null,
            p => p.Reboots,
            (p, mode) => p with { Reboots = p.Reboots with { Mode = mode } }
        ),
        new(
            RuleName.ImpossibleTravel,
            "impossibleTravel",
            Cause.Anomaly,
            RuleSide.Server,
            null,
            p => p.ImpossibleTravel,
            (p, mode) => p with { ImpossibleTravel = p.ImpossibleTravel with { Mode = mode } }
        ),
        new(
            RuleName.MinimumVersion,
            "minimumVersion",
            Cause.Anomaly,
            RuleSide.Server,
            WayOut.ProviderRelease,
            p => p.MinimumVersion,
            (p, mode) => p with { MinimumVersion = p.MinimumVersion with { Mode = mode } }
        ),
        new(
            RuleName.Arrears,
            "arrears",
            Cause.Anomaly,
            RuleSide.Server,
            WayOut.ProviderRelease,
            p => p.Arrears,
            (p, mode) => p with { Arrears = p.Arrears with { Mode = mode } }
        ),
    ];

    public static IReadOnlyList<RuleEntry> All => Rules;

    public static RuleEntry Of(RuleName name) => Rules[(int)name];

    /// <summary>What a finding leads to under a policy; null when the rule is off.</summary>
    public static FindingEffect? Effect(RuleName name, Policy policy) =>
        Of(name).In(policy) switch
        {
            { Mode: RuleMode.Off } => null,
            { Mode: RuleMode.Shadow } => FindingEffect.Shadow,
            { Then: RuleAction.Lock } => FindingEffect.Lock,
            // A terminal cannot ask the merchant and wait for the answer: it says what it saw.
            { Then: RuleAction.Ask } => Of(name).Side == RuleSide.Server
                ? FindingEffect.Question
                : FindingEffect.Warning,
            _ => FindingEffect.Warning,
        };
}

/// <summary>Something that a rule has found and that has not gone away since.</summary>
/// <param name="LockId">The lock it led to; it may have been released since, and is then not raised again for the same episode.</param>
public sealed record Finding(
    RuleName Rule,
    FindingEffect Effect,
    DateTimeOffset Since,
    Evidence Evidence,
    string? Part = null,
    string? LockId = null
)
{
    /// <summary>One finding stands for each rule and part.</summary>
    public static string KeyOf(RuleName rule, string? part) =>
        part is null ? Words.Of(rule) : $"{Words.Of(rule)}/{part}";
}
