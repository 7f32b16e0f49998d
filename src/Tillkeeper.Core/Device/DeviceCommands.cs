using Tillkeeper.Core.Codes;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Orders;
using Tillkeeper.Core.Rules;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Core.Device;

/// <summary>Something asked of the terminal. Ids, nonces and secrets are made by the caller: Core has no randomness.</summary>
public interface IDeviceCommand;

/// <summary>The program has started and read its journal.</summary>
public sealed record Start(string Program, string NewLockId) : IDeviceCommand;

/// <summary>Time has passed: end the waits that are over. Sent before every other command, so that no answer rests on a wait
/// that has already ended.</summary>
public sealed record Tick : IDeviceCommand;

/// <summary>Book the served part of the waits; sent about once a minute. Does nothing while there is nothing to book.</summary>
public sealed record BookTime : IDeviceCommand;

/// <summary>The first manager.</summary>
public sealed record SetUp(string Operator, OperatorSecret Name, OperatorSecret Passcode)
    : IDeviceCommand;

/// <summary>A signed-in manager adds an operator, or lets one without a passcode set it again.</summary>
public sealed record AddOperator(string Operator, OperatorRole Role, OperatorSecret Name)
    : IDeviceCommand;

/// <summary>May this operator try a passcode now? Counts the attempt before anything is evaluated.</summary>
public sealed record BeginAttempt(string Operator) : IDeviceCommand;

/// <summary>What the counted attempt turned out to be.</summary>
public sealed record EndAttempt(string Operator, bool Right, string NewLockId) : IDeviceCommand;

/// <param name="OwnerProven">True when the current passcode has just been proven through a counted attempt.</param>
public sealed record SetPasscode(string Operator, OperatorSecret Passcode, bool OwnerProven)
    : IDeviceCommand;

/// <summary>The cashier's own lock: the key, or nobody touched the till for a while (C8).</summary>
public sealed record LockAway(string NewLockId, string Reason) : IDeviceCommand;

/// <summary>The journal was missing or damaged (invariant 4).</summary>
public sealed record LoseState(string NewLockId, string Problem) : IDeviceCommand;

/// <summary>An order whose signature has been verified. <paramref name="KeySet"/> is the opened set of a <c>key_set</c> order.</summary>
/// <param name="CannotUpdate">Why this machine cannot carry out an <c>update</c> order, as a code; null when it can.</param>
public sealed record ApplyOrder(
    Order Order,
    KeySet? KeySet = null,
    string? CannotUpdate = "no_installer"
) : IDeviceCommand;

/// <summary>Show a challenge for a lock.</summary>
public sealed record IssueChallenge(string LockId, string Nonce) : IDeviceCommand;

/// <summary>May a code be tried for this lock? Counts the try before the code is evaluated.</summary>
public sealed record BeginCode(string LockId) : IDeviceCommand;

/// <summary>What the counted code proved; null when it was wrong.</summary>
public sealed record EndCode(string LockId, CodeEffect? Effect) : IDeviceCommand;

/// <summary>A rule finds that its condition holds, hysteresis done. What comes of it says the policy; once an episode.</summary>
/// <param name="Scope">What a lock would block; null for what its cause blocks.</param>
/// <param name="LockFor">How long a lock would last; null when it has no end of its own.</param>
public sealed record Find(
    RuleName Rule,
    Evidence Evidence,
    string NewLockId,
    string? Part = null,
    EnumSet<Capability>? Scope = null,
    TimeSpan? LockFor = null
) : IDeviceCommand;

/// <summary>
/// How long has the server not been reached? Sent every few seconds; records only that contact was lost or is back, and what
/// follows from a long silence (<c>offline_too_long</c>).
/// </summary>
/// <param name="LastContact">When the server last answered since this start of the program; null when it has not.</param>
public sealed record CheckContact(DeviceTime? LastContact, string NewLockId) : IDeviceCommand;

/// <summary>The condition of a rule no longer holds: the episode is over.</summary>
public sealed record Clear(RuleName Rule, string? Part = null) : IDeviceCommand;

/// <summary>A transaction has ended.</summary>
/// <param name="Card">A keyed hash that tells cards apart at this terminal, never a number.</param>
/// <param name="LocalTime">The trusted time of day in the zone that the policy names; null when nobody vouches for it.</param>
public sealed record EndSale(
    Capability Capability,
    SaleOutcome Outcome,
    long? AmountMinor = null,
    string? Card = null,
    TimeOnly? LocalTime = null
) : IDeviceCommand;

/// <summary>Now, as a decision at the terminal may know it.</summary>
/// <param name="Clock">What decides.</param>
/// <param name="Shown">The best guess at the time of day, for people only.</param>
public readonly record struct DeviceNow(DeviceTime Clock, DateTimeOffset Shown);
