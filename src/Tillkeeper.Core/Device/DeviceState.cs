using System.Collections.Immutable;
using Tillkeeper.Core.Campaigns;
using Tillkeeper.Core.Device.Hardware;
using Tillkeeper.Core.Device.Hooks;
using Tillkeeper.Core.Device.Ledger;
using Tillkeeper.Core.Device.NetworkChecks;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Policies;
using Tillkeeper.Core.Rules;
using Tillkeeper.Core.Rules.Anomalies;
using Tillkeeper.Core.Rules.CustomerPins;

namespace Tillkeeper.Core.Device;

/// <summary>An operator as the terminal knows it. <paramref name="Name"/> is normalised and never leaves the terminal.</summary>
/// <param name="Verifiers">The current passcode's first, then the ones before it, as many as the policy remembers.</param>
/// <param name="PasscodeVoid">The first verifier no longer signs in; it still counts as history.</param>
/// <param name="Failures">Wrong passcodes since the last success.</param>
/// <param name="Grant">When a new passcode may be set without the old one.</param>
/// <param name="PendingReset">The reset's lock, from the new passcode until the first sign-in with it.</param>
public sealed record Operator(
    string Id,
    string Name,
    OperatorRole Role,
    ImmutableArray<PasscodeVerifier> Verifiers,
    bool PasscodeVoid = false,
    int Failures = 0,
    PasscodeGrant? Grant = null,
    string? PendingReset = null
)
{
    /// <summary>The verifier that signs in; null when there is none to match.</summary>
    public PasscodeVerifier? Current =>
        PasscodeVoid || Verifiers.IsDefaultOrEmpty ? null : Verifiers[0];
}

/// <summary>Leave to set one new passcode. <paramref name="LockId"/> is null for an operator's very first.</summary>
/// <param name="Ends">When it ends: booked like a lock's wait, so that switching off and on does not keep it alive.</param>
public sealed record PasscodeGrant(string? LockId, Wait Ends);

/// <summary>A lock as it stands at the terminal.</summary>
/// <param name="Wait">How long it still lasts when waiting is one of its ways out.</param>
/// <param name="Begun">When it began here.</param>
/// <param name="CodeTries">Wrong or unfinished code entries so far.</param>
public sealed record DeviceLock(
    Lock Lock,
    DeviceTime Begun,
    Wait? Wait,
    int CodeTries = 0,
    ChallengeOnScreen? Challenge = null
);

/// <summary>The challenge shown for a lock; one at a time, each with a fresh nonce.</summary>
public sealed record ChallengeOnScreen(string Nonce, DeviceTime Issued);

/// <summary>The terminal's fold of itself: everything it must not forget across a power cut.</summary>
public sealed record DeviceState
{
    /// <summary>The counter that all unknown names share.</summary>
    public const string UnknownOperator = "unknown";

    public static DeviceState Empty { get; } = new();

    public string Terminal { get; init; } = "";
    public int Epoch { get; init; }
    public Policy Policy { get; init; } = Policy.Default;
    public string? KeySet { get; init; }
    public long KeySetVersion { get; init; }
    public ImmutableSortedDictionary<string, Operator> Operators { get; init; } =
        ImmutableSortedDictionary.Create<string, Operator>(StringComparer.Ordinal);
    public int UnknownFailures { get; init; }

    /// <summary>The attempt that is counted but not yet judged; one at a time.</summary>
    public string? OpenAttempt { get; init; }

    /// <summary>
    /// The recent wrong attempts over all operators, oldest first, each with how long it still counts; at most as many as lock the
    /// terminal.
    /// </summary>
    public ImmutableList<Wait> RecentFailures { get; init; } = [];
    public ImmutableSortedDictionary<string, DeviceLock> Locks { get; init; } =
        ImmutableSortedDictionary.Create<string, DeviceLock>(StringComparer.Ordinal);

    /// <summary>The number of the last order that took its turn.</summary>
    public long LastOrder { get; init; }

    /// <summary>Locks whose passcode reset was already given, so that the order for it does nothing twice; newest last.</summary>
    public ImmutableList<string> ResetsGiven { get; init; } = [];

    /// <summary>Who the last ended locks were about, so that a reset still finds its operator after the pause ran out; newest last.</summary>
    public ImmutableList<EndedLock> Ended { get; init; } = [];

    /// <summary>Hooks whose last run failed, and why; reported as failing until one succeeds.</summary>
    public ImmutableSortedDictionary<string, string> FailingHooks { get; init; } =
        HookDecisions.None;

    /// <summary>The update in hand, or the last one.</summary>
    public DeviceUpdate? Update { get; init; }

    /// <summary>What runs here; null while nothing has told.</summary>
    public InstalledSoftware? Software { get; init; }

    /// <summary>What rules have found and what is not gone yet, by rule and part.</summary>
    public ImmutableSortedDictionary<string, Finding> Findings { get; init; } =
        ImmutableSortedDictionary.Create<string, Finding>(StringComparer.Ordinal);

    /// <summary>True once it was told to wipe: its identity goes as soon as the server has everything it recorded.</summary>
    public bool IsReplaced { get; init; }

    /// <summary>The last self-test that left a trace.</summary>
    public SelfTestRan? SelfTest { get; init; }

    /// <summary>Approved transactions since the last batch was closed: money that is taken and not settled yet.</summary>
    public int Unsettled { get; init; }

    /// <summary>What the anomaly rules look back at.</summary>
    public RecentDoings Recent { get; init; } = RecentDoings.None;

    /// <summary>Payments written down by hand.</summary>
    public LedgerState Ledger { get; init; } = LedgerState.Empty;

    /// <summary>The last guided check of the network; null before the first.</summary>
    public NetworkChecked? LastNetworkCheck { get; init; }

    /// <summary>Wrong PINs of customers, which have nothing to do with those of staff.</summary>
    public WrongPins WrongPins { get; init; } = WrongPins.None;

    /// <summary>
    /// How long the server has not been reached, from the last contact or the start of the program on; null while it is. Restarts do
    /// not begin it anew.
    /// </summary>
    public Wait? Silence { get; init; }

    /// <summary>True from the first passcode on, for ever: no later change of roles opens the set-up again.</summary>
    public bool IsSetUp => Operators.Values.Any(o => !o.Verifiers.IsDefaultOrEmpty);

    public IEnumerable<Lock> ActiveLocks => Locks.Values.Select(l => l.Lock);

    /// <summary>What counts down here besides the locks, the failures first.</summary>
    internal IEnumerable<Wait> SlowWaits =>
        RecentFailures
            .Concat(Operators.Values.Select(o => o.Grant?.Ends).OfType<Wait>())
            .Concat(Recent.Waits)
            .Concat(WrongPins.Recent.Select(w => w.Window))
            .Concat(Silence is { } silence ? [silence] : []);

    /// <summary>Terminal-wide locks that forbid signing in.</summary>
    public IEnumerable<Lock> SignInLocks =>
        ActiveLocks.Where(l => l.Subject.IsTerminal && l.Scope.Contains(Capability.SignIn));

    public DeviceLock? PauseOf(string operatorId) =>
        Locks.Values.FirstOrDefault(l => l.Lock.Subject.Operator == operatorId);

    public Operator? ByName(string normalisedName) =>
        Operators.Values.FirstOrDefault(o => o.Name == normalisedName);

    /// <summary>Under which id attempts are counted: the operator's own, or the one that every unknown name shares.</summary>
    public string CounterOf(string operatorId) =>
        Operators.ContainsKey(operatorId) ? operatorId : UnknownOperator;

    /// <summary>Failures counted against an operator, or against all unknown names.</summary>
    public int FailuresOf(string operatorId) =>
        Operators.TryGetValue(operatorId, out var known) ? known.Failures : UnknownFailures;
}

/// <summary>What is remembered of a lock that has ended.</summary>
public sealed record EndedLock(string LockId, string? Operator);
