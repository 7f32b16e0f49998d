using System.Text.Json.Serialization;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Core.Policies;

/// <summary>Thresholds, windows and ways out in force (策略). Versions only ever go up at a terminal.</summary>
[JsonConverter(typeof(PolicyJson))]
public sealed record Policy
{
    public static Policy Default { get; } = new();

    public long Version { get; init; } = 1;
    public WrongPasswordRule WrongPassword { get; init; } = new();
    public PasscodeRule Passcode { get; init; } = new();
    public AwayRule Away { get; init; } = new();
    public OfflineCodeRule OfflineCode { get; init; } = new();
    public TransactionRule Transaction { get; init; } = new();
    public Support Support { get; init; } = new();
    public CustomerPinRule CustomerPin { get; init; } = new();
    public HardwareRule Hardware { get; init; } = new();
    public NetworkRule Network { get; init; } = new();
    public OfflineTooLongRule OfflineTooLong { get; init; } = new();
    public EnvironmentRule Environment { get; init; } = new();
    public LocationRule Location { get; init; } = new();
    public NightTradingRule NightTrading { get; init; } = new();
    public VelocityRule Velocity { get; init; } = new();
    public RefundBurstRule RefundBurst { get; init; } = new();
    public RebootsRule Reboots { get; init; } = new();
    public ImpossibleTravelRule ImpossibleTravel { get; init; } = new();
    public UpdateRule Update { get; init; } = new();
    public MinimumVersionRule MinimumVersion { get; init; } = new();
    public ArrearsRule Arrears { get; init; } = new();
    public Breaker Breaker { get; init; } = new();
    public RemoteLimit Remote { get; init; } = new();
    public IdentityRule Identity { get; init; } = new();
    public OwnReleaseRule OwnRelease { get; init; } = new();

    /// <summary>The parts that the model's profile declares, at most <see cref="PolicyLimits.MostParts"/>; none are tested without one.</summary>
    public IReadOnlyList<PartProfile> Parts { get; init; } = [];

    /// <summary>By what it says, lists included.</summary>
    public bool Equals(Policy? other) =>
        ReferenceEquals(this, other) || (other is not null && ToText(this) == ToText(other));

    public override int GetHashCode() => Version.GetHashCode();

    private static string ToText(Policy policy) =>
        System.Text.Json.JsonSerializer.Serialize(policy, CoreJson.Default.Policy);
}

/// <summary>When updates may be installed, besides what their campaign says.</summary>
public sealed record UpdateRule
{
    /// <summary>
    /// How long after it is forced an update goes on over a batch that was never settled; zero: never, it waits and is reported.
    /// </summary>
    public TimeSpan OverUnsettledAfter { get; init; }
}

/// <summary>When wrong passcodes lock. PCI DSS 4.0 8.3.4: at most 10 attempts, at least 30 minutes or until identity is confirmed.</summary>
public sealed record WrongPasswordRule
{
    /// <summary>Wrong passcodes of one operator until that operator is paused.</summary>
    public int Attempts { get; init; } = 5;
    public TimeSpan LockFor { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Wrong passcodes since the last success from which only a reset or a code helps.</summary>
    public int ResetAfter { get; init; } = 10;

    /// <summary>Wrong passcodes at the terminal within <see cref="TerminalWindow"/> that lock the terminal.</summary>
    public int TerminalAttempts { get; init; } = 20;
    public TimeSpan TerminalWindow { get; init; } = TimeSpan.FromHours(24);
}

/// <summary>What a staff passcode must be. PCI DSS 4.0 8.3.7: not one of the last four.</summary>
public sealed record PasscodeRule
{
    /// <summary>Nobody types more digits on a keypad; bounds what is hashed.</summary>
    public const int MaxLength = 12;

    public int MinLength { get; init; } = 6;
    public int History { get; init; } = 4;

    /// <summary>PBKDF2-HMAC-SHA256 iterations; 600,000 per OWASP ASVS 5.0 (small terminals may need fewer).</summary>
    public int Iterations { get; init; } = 600_000;

    /// <summary>How long an operator who was granted a reset may set the new passcode.</summary>
    public TimeSpan GrantFor { get; init; } = TimeSpan.FromHours(24);
}

/// <summary>The cashier's own lock. PCI DSS 4.0 8.2.8: fifteen minutes idle.</summary>
public sealed record AwayRule
{
    /// <summary>Idle time of a signed-in operator after which the terminal locks; zero switches it off.</summary>
    public TimeSpan IdleAfter { get; init; } = TimeSpan.FromMinutes(15);
}

/// <summary>One-time codes by phone. NIST SP 800-63B-4: valid for at most 10 minutes.</summary>
public sealed record OfflineCodeRule
{
    public TimeSpan ValidFor { get; init; } = TimeSpan.FromMinutes(10);
    public int Tries { get; init; } = 5;
}

/// <summary>Locks begin between transactions (B7), but do not wait for ever.</summary>
public sealed record TransactionRule
{
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMinutes(3);
}

/// <summary>Whom a shop calls.</summary>
public sealed record Support
{
    public string Phone { get; init; } = "400-000-0000";
}
