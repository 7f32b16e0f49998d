using System.Collections.Immutable;
using Tillkeeper.Core.Campaigns;
using Tillkeeper.Core.Device.Hardware;
using Tillkeeper.Core.Device.Hooks;
using Tillkeeper.Core.Device.Ledger;
using Tillkeeper.Core.Device.NetworkChecks;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Orders;
using Tillkeeper.Core.Rules;
using Tillkeeper.Core.Rules.CustomerPins;

namespace Tillkeeper.Core.Device;

/// <summary>The fold: what each event makes of the state. Decides nothing, refuses nothing.</summary>
public static class DeviceFold
{
    /// <summary>How many ended locks and given resets are remembered.</summary>
    private const int Remembered = 64;

    public static DeviceState Apply(DeviceState state, IDeviceEvent happened) =>
        happened switch
        {
            DeviceStarted e => Started(state, e),
            ClockCheckpointed e => Checkpoint(state, e.Clock),
            StateLost => state,
            OperatorAdded e => Added(state, e),
            PasscodeSet e => Set(state, e),
            AttemptCounted e => Counted(state, e),
            AttemptFailed => state with { OpenAttempt = null },
            OperatorSignedIn e => SignedIn(state, e),
            LockBegun e => UpdateFold.Locked(Begun(state, e), e),
            LockEnded e => Ended(state, e),
            OrderApplied e => state with
            {
                LastOrder = e.Number,
                IsReplaced = state.IsReplaced || e.Kind == OrderKind.Wipe,
            },
            OrderRefused e => state with { LastOrder = e.Number },
            PolicyChanged e => state with { Policy = e.Policy },
            KeySetChanged e => state with { KeySet = e.KeySet, KeySetVersion = e.Version },
            PasscodeVoided e => Granted(state, e.Operator, e.LockId, e.Clock, voids: true),
            ChallengeIssued e => ChangeLock(
                state,
                e.LockId,
                l => l with { Challenge = new(e.Nonce, e.Clock) }
            ),
            CodeAttemptCounted e => ChangeLock(
                state,
                e.LockId,
                l => l with { CodeTries = e.Tries }
            ),
            HookFailed e => HookDecisions.Failed(state, e),
            HookRecovered e => HookDecisions.Recovered(state, e),
            UpdateOffered e => UpdateFold.Offered(state, e),
            UpdateStepped e => UpdateFold.Stepped(state, e),
            SoftwareFound e => state with { Software = new(e.Version, e.Slot) },
            LockRevised e => UpdateFold.Revised(state, e),
            RuleFound e => state with
            {
                Findings = state.Findings.SetItem(
                    Finding.KeyOf(e.Rule, e.Part),
                    new Finding(e.Rule, e.Effect, e.At, e.Evidence, e.Part, e.LockId)
                ),
            },
            RuleCleared e => state with
            {
                Findings = state.Findings.Remove(Finding.KeyOf(e.Rule, e.Part)),
            },
            SelfTestRan e => state with { SelfTest = e },
            SaleEnded e => Sold(state, e),
            ServerLost e => ContactDecisions.Lost(state, e),
            NetworkChecked e => state with { LastNetworkCheck = e },
            LedgerRecorded e => state with { Ledger = state.Ledger.After(e) },
            ServerReached => state with { Silence = null },
            _ => throw new InvalidOperationException(
                $"The fold does not know {happened.GetType().Name}."
            ),
        };

    private static DeviceState Started(DeviceState state, DeviceStarted e)
    {
        var booked = Checkpoint(state, e.Clock);
        return ContactDecisions.Started(booked, e.Clock) with
        {
            Recent = booked.Recent.After(e, state.Policy.Reboots),
        };
    }

    private static DeviceState Sold(DeviceState state, SaleEnded e) =>
        Unsettled(state, e) with
        {
            Recent = state.Recent.After(e, state.Policy),
            WrongPins = state.WrongPins.After(e, state.Policy.CustomerPin),
        };

    private static DeviceState Unsettled(DeviceState state, SaleEnded e) =>
        e switch
        {
            { Outcome: not SaleOutcome.Approved } => state,
            { Capability: Capability.BatchClose } => state with { Unsettled = 0 },
            {
                Capability: Capability.CardPayment
                    or Capability.PinEntry
                    or Capability.QrPayment
                    or Capability.Refund
            } => state with
            {
                Unsettled = state.Unsettled + 1,
            },
            _ => state,
        };

    private static DeviceState Checkpoint(DeviceState state, DeviceTime now) =>
        state with
        {
            Recent = state.Recent.Checkpoint(now),
            WrongPins = state.WrongPins.Checkpoint(now),
            RecentFailures = Recent(state, now).ConvertAll(w => w.Checkpoint(now)),
            Silence = state.Silence?.Checkpoint(now),
            Locks = state.Locks.SetItems(
                state
                    .Locks.Where(l => l.Value.Wait is not null)
                    .Select(l =>
                        KeyValuePair.Create(
                            l.Key,
                            l.Value with
                            {
                                Wait = l.Value.Wait!.Checkpoint(now),
                            }
                        )
                    )
            ),
            Operators = state.Operators.SetItems(
                state
                    .Operators.Where(o => o.Value.Grant is not null)
                    .Select(o =>
                        KeyValuePair.Create(
                            o.Key,
                            o.Value with
                            {
                                Grant = o.Value.Grant! with
                                {
                                    Ends = o.Value.Grant.Ends.Checkpoint(now),
                                },
                            }
                        )
                    )
            ),
        };

    private static DeviceState Added(DeviceState state, OperatorAdded e)
    {
        var name =
            e.Secret?.Name
            ?? throw new InvalidOperationException("An added operator has lost its name.");
        // Adding again an operator whose passcode is void forgives nothing: failures and history stay.
        var known =
            state.Operators.GetValueOrDefault(e.Operator) ?? new(e.Operator, name, e.Role, []);
        var added = known with
        {
            Name = name,
            Role = e.Role,
            Grant = new PasscodeGrant(null, Wait.Begin(e.Clock, state.Policy.Passcode.GrantFor)),
        };
        return state with { Operators = state.Operators.SetItem(e.Operator, added) };
    }

    private static DeviceState Set(DeviceState state, PasscodeSet e)
    {
        var verifier =
            e.Secret?.Verifier
            ?? throw new InvalidOperationException("A passcode has lost its verifier.");
        var used =
            e is { Origin: PasscodeOrigin.Reset, LockId: { } id } && !state.ResetsGiven.Contains(id)
                ? state with
                {
                    ResetsGiven = Remember(state.ResetsGiven, id),
                }
                : state;
        return Change(
            used,
            e.Operator,
            o =>
                o with
                {
                    Verifiers = [verifier, .. o.Verifiers.Take(state.Policy.Passcode.History - 1)],
                    PasscodeVoid = false,
                    Grant = null,
                    PendingReset = e.Origin == PasscodeOrigin.Reset ? e.LockId : o.PendingReset,
                }
        );
    }

    /// <summary>Counting is the failure until a success proves otherwise, so a power cut gains no guess.</summary>
    private static DeviceState Counted(DeviceState state, AttemptCounted e)
    {
        var rule = state.Policy.WrongPassword;
        var counted = state.Operators.ContainsKey(e.Operator)
            ? Change(state, e.Operator, o => o with { Failures = o.Failures + 1 })
            : state with
            {
                UnknownFailures = state.UnknownFailures + 1,
            };
        return counted with
        {
            OpenAttempt = e.Operator,
            RecentFailures = Room(Recent(state, e.Clock), rule.TerminalAttempts)
                .Add(Wait.Begin(e.Clock, rule.TerminalWindow)),
        };
    }

    /// <summary>The wrong attempts whose window has not passed.</summary>
    private static ImmutableList<Wait> Recent(DeviceState state, DeviceTime now) =>
        state.RecentFailures.RemoveAll(w => w.IsOver(now));

    private static ImmutableList<Wait> Room(ImmutableList<Wait> recent, int most) =>
        recent.Count >= most ? recent.RemoveRange(0, recent.Count - most + 1) : recent;

    private static DeviceState SignedIn(DeviceState state, OperatorSignedIn e) =>
        Change(state, e.Operator, o => o with { Failures = 0, PendingReset = null }) with
        {
            OpenAttempt = null,
            // Nobody can sign in under a name that does not exist: once somebody has, it was a slip of theirs.
            UnknownFailures = 0,
            // The attempt was counted before it was known to be right.
            RecentFailures = state.RecentFailures.IsEmpty
                ? state.RecentFailures
                : state.RecentFailures.RemoveAt(state.RecentFailures.Count - 1),
        };

    private static DeviceState Begun(DeviceState state, LockBegun e)
    {
        var wait = e.WaitFor is { } length ? Wait.Begin(e.Clock, length) : null;
        return state with
        {
            Locks = state.Locks.SetItem(e.Lock.Id, new DeviceLock(e.Lock, e.Clock, wait)),
        };
    }

    private static DeviceState Ended(DeviceState state, LockEnded e)
    {
        if (!state.Locks.TryGetValue(e.LockId, out var ended))
        {
            return state;
        }
        var after = state with
        {
            Locks = state.Locks.Remove(e.LockId),
            Ended = Remember(state.Ended, new EndedLock(e.LockId, ended.Lock.Evidence.Operator)),
        };
        if (ended.Lock.Subject.IsTerminal && ended.Lock.Cause == Cause.WrongPassword)
        {
            after = after with { RecentFailures = [] };
        }
        if (ended.Lock.Cause == Cause.CustomerPin)
        {
            // Whoever ended it has looked: what comes now counts anew.
            after = after with
            {
                WrongPins = WrongPins.None,
            };
        }
        return e.Grants is { } granted
            ? Granted(after, granted, e.LockId, e.Clock, e.VoidsPasscode)
            : after;
    }

    private static DeviceState Granted(
        DeviceState state,
        string operatorId,
        string lockId,
        DeviceTime now,
        bool voids
    ) =>
        Change(
            state,
            operatorId,
            o =>
                o with
                {
                    // An attempt that is counted and not judged yet stays counted.
                    Failures = state.OpenAttempt == operatorId ? 1 : 0,
                    Grant = new PasscodeGrant(
                        lockId,
                        Wait.Begin(now, state.Policy.Passcode.GrantFor)
                    ),
                    PasscodeVoid = voids || o.PasscodeVoid,
                    PendingReset = null,
                }
        ) with
        {
            ResetsGiven = voids ? Remember(state.ResetsGiven, lockId) : state.ResetsGiven,
        };

    private static ImmutableList<T> Remember<T>(ImmutableList<T> list, T item) =>
        (list.Count >= Remembered ? list.RemoveAt(0) : list).Add(item);

    private static DeviceState Change(
        DeviceState state,
        string operatorId,
        Func<Operator, Operator> change
    ) =>
        state.Operators.TryGetValue(operatorId, out var known)
            ? state with
            {
                Operators = state.Operators.SetItem(operatorId, change(known)),
            }
            : state;

    private static DeviceState ChangeLock(
        DeviceState state,
        string lockId,
        Func<DeviceLock, DeviceLock> change
    ) =>
        state.Locks.TryGetValue(lockId, out var active)
            ? state with
            {
                Locks = state.Locks.SetItem(lockId, change(active)),
            }
            : state;
}
