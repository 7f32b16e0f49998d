using Tillkeeper.Core.Campaigns;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Policies;
using Tillkeeper.Core.Rules;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Core.Terminals;

/// <summary>Something asked of the server about one terminal.</summary>
public interface ITerminalCommand;

public sealed record RegisterTerminal(string Terminal, string Serial, TerminalProfile Profile)
    : ITerminalCommand;

public sealed record ChangeTerminal(TerminalProfile Profile) : ITerminalCommand;

public sealed record IssueEnrolmentCode(string CodeHash, DateTimeOffset ExpiresAt)
    : ITerminalCommand;

/// <summary>A terminal presents its code and the key it made.</summary>
public sealed record EnrolTerminal(string CodeHash, string KeyHash, string CertificateSerial)
    : ITerminalCommand;

public sealed record RenewCertificate(string KeyHash, string CertificateSerial) : ITerminalCommand;

public sealed record RevokeTerminal(string Reason) : ITerminalCommand;

/// <summary>A person or a rule wants a lock. A null scope means the default of its cause.</summary>
/// <param name="People">Who ordered it, by opaque ids; null for a rule.</param>
public sealed record OrderLock(
    string LockId,
    Cause Cause,
    EnumSet<Capability>? Scope,
    string Reason,
    string? Message,
    DateTimeOffset? ExpectedEnd,
    string? BatchId = null,
    string? Source = null,
    int? Progress = null,
    Evidence? Evidence = null,
    IReadOnlyList<string>? People = null
) : ITerminalCommand;

/// <summary>A person wants a lock ended by a way out that the provider decides.</summary>
public sealed record OrderRelease(
    string LockId,
    WayOut WayOut,
    string Person,
    string Reason,
    string? CaseId = null
) : ITerminalCommand;

/// <summary>An approved case grants a passcode reset. The lock may be unknown here, or have run out meanwhile.</summary>
public sealed record OrderPasscodeReset(string LockId, string Person, string Reason, string CaseId)
    : ITerminalCommand;

/// <summary>Support is about to read out a code that an approved case grants. The lock may be unknown here.</summary>
public sealed record ReadOutCode(string LockId) : ITerminalCommand;

public sealed record OrderPolicy(Policy Policy) : ITerminalCommand;

/// <summary>A campaign offers its update to this terminal.</summary>
public sealed record OrderUpdate(OrderedUpdate Update) : ITerminalCommand;

/// <summary>A campaign was paused or stopped: its update must not begin any more.</summary>
public sealed record OrderUpdateStop(string Campaign) : ITerminalCommand;

/// <summary>A new key set, signed by the CA, for this terminal to obey from now on.</summary>
public sealed record OrderKeySet(string KeySet) : ITerminalCommand;

/// <summary>The terminal reports. <paramref name="KnownHash"/> gives the hash on record of an earlier number, or null.</summary>
public sealed record Report(
    IReadOnlyList<TerminalReported> Events,
    Func<long, string?> KnownHash,
    string NewLockId
) : ITerminalCommand;

/// <summary>A rule judged here finds that its condition holds for this terminal; once an episode.</summary>
/// <param name="Effect">What the policy makes of it (<see cref="RuleTable.Effect"/>); null when the rule is off.</param>
/// <param name="Message">What the shop is to read on a lock; null for the standard text.</param>
public sealed record FindRule(
    RuleName Rule,
    FindingEffect? Effect,
    Evidence Evidence,
    string NewLockId,
    string? Part = null,
    EnumSet<Capability>? Scope = null,
    string? Message = null
) : ITerminalCommand;

/// <summary>The condition of such a rule no longer holds.</summary>
public sealed record ClearRule(RuleName Rule, string? Part = null) : ITerminalCommand;
