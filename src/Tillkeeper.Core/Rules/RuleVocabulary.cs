using System.Text.Json.Serialization;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Core.Rules;

/// <summary>
/// The rules that a policy can switch. What protects against guessing, tampering, doubled identities and lost records is no rule:
/// nobody can switch it off.
/// </summary>
[JsonConverter(typeof(SnakeCaseEnum<RuleName>))]
public enum RuleName
{
    CustomerPin,
    Hardware,
    Network,
    OfflineTooLong,
    Environment,
    Location,
    NightTrading,
    Velocity,
    RefundBurst,
    Reboots,
    ImpossibleTravel,
    MinimumVersion,
    Arrears,
}

/// <summary>Whether a rule acts (B8).</summary>
[JsonConverter(typeof(SnakeCaseEnum<RuleMode>))]
public enum RuleMode
{
    Off,

    /// <summary>It records what it would have done, and does nothing.</summary>
    Shadow,
    On,
}

/// <summary>What a rule that is on does when it finds something.</summary>
[JsonConverter(typeof(SnakeCaseEnum<RuleAction>))]
public enum RuleAction
{
    /// <summary>Says so at the terminal and to the provider; nothing is blocked.</summary>
    Warn,

    /// <summary>Asks the merchant first; locks when the answer is no, or none comes in time. Rules judged by the server only.</summary>
    Ask,
    Lock,
}

/// <summary>What became of a finding.</summary>
[JsonConverter(typeof(SnakeCaseEnum<FindingEffect>))]
public enum FindingEffect
{
    Shadow,
    Warning,
    Question,
    Lock,
}

/// <summary>Which side judges a rule, and so owns its locks.</summary>
public enum RuleSide
{
    Terminal,
    Server,
}

/// <summary>What every section of a policy that is a rule has.</summary>
public interface IRuleSection
{
    RuleMode Mode { get; init; }
    RuleAction Then { get; init; }
}
