using System.Text.Json.Serialization;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Rules;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Core.Device;

/// <summary>Something that happened at a terminal: journalled there, reported upwards, folded on both sides.</summary>
public interface IDeviceEvent;

/// <summary>
/// An event with a part that never leaves the terminal. The reported part carries the SHA-256 of it, so that the chain covers both.
/// </summary>
public interface ISecretBearing : IDeviceEvent
{
    string SecretHash { get; }

    [JsonIgnore]
    OperatorSecret? Secret { get; init; }
}

/// <summary>What only the terminal knows of an operator. <paramref name="Salt"/> makes its hash say nothing.</summary>
public sealed record OperatorSecret(
    byte[] Salt,
    string? Name = null,
    PasscodeVerifier? Verifier = null
);

/// <summary>What an operator may do at the terminal.</summary>
[JsonConverter(typeof(SnakeCaseEnum<OperatorRole>))]
public enum OperatorRole
{
    Cashier,
    Manager,
}

/// <summary>By what right a passcode was set.</summary>
[JsonConverter(typeof(SnakeCaseEnum<PasscodeOrigin>))]
public enum PasscodeOrigin
{
    SetUp,
    FirstUse,
    Owner,
    Reset,
}

/// <summary>The agent's program started. Attempts that a crash left open count as wrong.</summary>
public sealed record DeviceStarted(DeviceTime Clock, string Program) : IDeviceEvent;

/// <summary>Books the time that waits have served.</summary>
public sealed record ClockCheckpointed(DeviceTime Clock) : IDeviceEvent;

/// <summary>The journal was missing or damaged; the state before it is unknown.</summary>
public sealed record StateLost(string Problem) : IDeviceEvent;

public sealed record OperatorAdded(
    string Operator,
    OperatorRole Role,
    string SecretHash,
    DeviceTime Clock
) : ISecretBearing
{
    [JsonIgnore]
    public OperatorSecret? Secret { get; init; }
}

/// <param name="LockId">The lock whose reset granted it; null otherwise.</param>
public sealed record PasscodeSet(
    string Operator,
    PasscodeOrigin Origin,
    string SecretHash,
    string? LockId = null
) : ISecretBearing
{
    [JsonIgnore]
    public OperatorSecret? Secret { get; init; }
}

/// <summary>Counted before it is evaluated (invariant 2). Unknown names share <see cref="DeviceState.UnknownOperator"/>.</summary>
public sealed record AttemptCounted(string Operator, DeviceTime Clock) : IDeviceEvent;

/// <summary>The counted attempt turned out wrong.</summary>
public sealed record AttemptFailed(string Operator) : IDeviceEvent;

/// <param name="Role">The role in force.</param>
/// <param name="ResetLockId">The reset that this first success after it completes; null otherwise.</param>
public sealed record OperatorSignedIn(
    string Operator,
    OperatorRole Role,
    string? ResetLockId = null
) : IDeviceEvent;

/// <summary>A lock stands at this terminal: its own, or one that an order raised.</summary>
public sealed record LockBegun(Lock Lock, DeviceTime Clock, TimeSpan? WaitFor = null)
    : IDeviceEvent;

/// <summary>A lock has ended by one of its ways out.</summary>
/// <param name="ByOperator">The operator whose act ended it, when one did.</param>
/// <param name="Grants">The operator who may now set a new passcode.</param>
/// <param name="VoidsPasscode">True when that operator's old passcode no longer works.</param>
public sealed record LockEnded(
    string LockId,
    WayOut WayOut,
    DeviceTime Clock,
    string? ByOperator = null,
    string? Grants = null,
    bool VoidsPasscode = false
) : IDeviceEvent;

/// <summary>An order took its turn and had its effect.</summary>
public sealed record OrderApplied(long Number, string Kind, string? LockId = null) : IDeviceEvent;

/// <summary>An order took its turn without effect: expired, of unknown kind, or by a way out that the lock does not have.</summary>
public sealed record OrderRefused(long Number, string Kind, string Code, string? LockId = null)
    : IDeviceEvent;

/// <summary>The policy in force changed; part of applying a <c>policy</c> order.</summary>
public sealed record PolicyChanged(Policies.Policy Policy) : IDeviceEvent;

/// <summary>The keys whose orders are obeyed changed; part of applying a <c>key_set</c> order.</summary>
public sealed record KeySetChanged(string KeySet, long Version) : IDeviceEvent;

/// <summary>A reset was granted although its lock had already ended by itself.</summary>
public sealed record PasscodeVoided(string Operator, string LockId, DeviceTime Clock)
    : IDeviceEvent;

public sealed record ChallengeIssued(string LockId, string Nonce, DeviceTime Clock) : IDeviceEvent;

/// <summary>Counted before it is evaluated; the tries of a lock add up over all its challenges.</summary>
public sealed record CodeAttemptCounted(string LockId, int Tries) : IDeviceEvent;

/// <summary>A rule found something, and what came of it; a lock that it led to begins beside.</summary>
/// <param name="Scope">What the lock blocks, or would have blocked.</param>
public sealed record RuleFound(
    RuleName Rule,
    FindingEffect Effect,
    Evidence Evidence,
    [property: JsonConverter(typeof(EnumSetJson<Capability>))] EnumSet<Capability> Scope,
    DateTimeOffset At,
    string? Part = null,
    string? LockId = null
) : IDeviceEvent;

/// <summary>What a rule had found is gone.</summary>
public sealed record RuleCleared(RuleName Rule, string? Part = null) : IDeviceEvent;

/// <summary>The server has not answered for a while: the silence counts from <paramref name="Since"/>.</summary>
public sealed record ServerLost(DeviceTime Since, DeviceTime Clock) : IDeviceEvent;

/// <summary>The server answers: the silence is over. Also the first answer after a start.</summary>
public sealed record ServerReached(DeviceTime Clock) : IDeviceEvent;

/// <summary>How a transaction ended.</summary>
[JsonConverter(typeof(SnakeCaseEnum<SaleOutcome>))]
public enum SaleOutcome
{
    /// <summary>The payment program did not say.</summary>
    Unknown,
    Approved,
    Declined,

    /// <summary>ISO 8583 response code 55.</summary>
    WrongPin,

    /// <summary>ISO 8583 response codes 75 and 38.</summary>
    PinTriesExceeded,
    Cancelled,
    Failed,
    Reversed,
}

/// <summary>A transaction has ended. Holds no card number, only a keyed hash that tells cards apart at this terminal.</summary>
/// <param name="At">The best guess at the time of day.</param>
/// <param name="ClosedFor">For how long the shop is still closed by the hours of the policy; null when it is open or nobody knows.</param>
public sealed record SaleEnded(
    Capability Capability,
    SaleOutcome Outcome,
    DeviceTime Clock,
    DateTimeOffset At,
    long? AmountMinor = null,
    string? Card = null,
    TimeSpan? ClosedFor = null
) : IDeviceEvent;
