using Tillkeeper.Core.Campaigns;
using Tillkeeper.Core.Device.Hardware;
using Tillkeeper.Core.Device.Hooks;
using Tillkeeper.Core.Device.Ledger;
using Tillkeeper.Core.Device.NetworkChecks;
using Tillkeeper.Core.Device.Tampering;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Rules.Anomalies;
using Tillkeeper.Core.Rules.CustomerPins;

namespace Tillkeeper.Core.Device;

/// <summary>The terminal's decisions about itself: pure, one entry.</summary>
public static class DeviceDecisions
{
    public static Decision<IDeviceEvent> Decide(
        DeviceState state,
        IDeviceCommand command,
        DeviceNow now
    ) =>
        command switch
        {
            Start c => Start(state, c, now),
            Device.Tick => (List<IDeviceEvent>)
                [
                    .. EndWaits(state, now),
                    .. AnomalyDecisions.AsTimePasses(state, now),
                    .. CustomerPinDecisions.AsTimePasses(state, now),
                ],
            BookTime => IsBookingDue(state, now) ? new ClockCheckpointed(now.Clock) : Nothing,
            SetUp c => PasscodeDecisions.SetUp(state, c, now),
            AddOperator c => PasscodeDecisions.Add(state, c, now),
            SetPasscode c => PasscodeDecisions.Set(state, c, now),
            BeginAttempt c => SignInDecisions.Begin(state, c, now),
            EndAttempt c => SignInDecisions.End(state, c, now),
            LockAway c => Away(state, c, now),
            LoseState c => Lose(c, now),
            ApplyOrder c => OrderDecisions.Apply(state, c, now),
            IssueChallenge c => CodeDecisions.Challenge(state, c, now),
            BeginCode c => CodeDecisions.Begin(state, c, now),
            EndCode c => CodeDecisions.End(state, c, now),
            Tampered c => TamperDecisions.Raise(state, c, now),
            EndIdentity c => IdentityDecisions.End(state, c, now),
            HookRan c => HookDecisions.Ran(state, c, now),
            Find c => FindingDecisions.Find(state, c, now),
            Clear c => FindingDecisions.Clear(state, c, now),
            CheckContact c => ContactDecisions.Check(state, c, now),
            EndSale c => CustomerPinDecisions.EndSale(state, c, now),
            TellNetworkCheck c => NetworkCheckDecisions.Tell(state, c, now),
            RecordSelfTest c => SelfTestDecisions.Record(state, c, now),
            RecordPayment c => LedgerDecisions.Record(state, c, now),
            VoidPayment c => LedgerDecisions.Void(state, c, now),
            StepUpdate c => UpdateDecisions.Step(state, c, now),
            ReviseLock c => UpdateDecisions.Revise(state, c),
            FindSoftware c => UpdateDecisions.Find(state, c),
            _ => throw new InvalidOperationException(
                $"No decision is known for {command.GetType().Name}."
            ),
        };

    internal static Decision<IDeviceEvent> Nothing { get; } = new([]);

    /// <summary>A lock that this terminal raises itself, with the defaults of its cause.</summary>
    internal static Lock Own(
        string id,
        Cause cause,
        Subject subject,
        Evidence evidence,
        DeviceNow now
    )
    {
        var rule = LockTable.Of(cause);
        return new Lock
        {
            Id = id,
            Cause = cause,
            Subject = subject,
            Scope = subject.IsTerminal ? rule.Scope : [Capability.SignIn],
            Owner = LockOwner.Terminal,
            Status = LockStatus.Confirmed,
            Since = now.Shown,
            WaysOut = rule.WaysOut,
            Evidence = evidence,
        };
    }

    private static Decision<IDeviceEvent> Start(DeviceState state, Start command, DeviceNow now)
    {
        List<IDeviceEvent> events = [new DeviceStarted(now.Clock, command.Program)];
        if (state.OpenAttempt is { } open)
        {
            // The power was cut between counting and judging: it stays counted, as wrong.
            events.AddRange(
                SignInDecisions
                    .End(state, new EndAttempt(open, false, command.NewLockId), now)
                    .Events
            );
        }
        return events;
    }

    /// <summary>Locks are booked each time, for somebody is waiting; what takes a day is booked once an hour.</summary>
    private static bool IsBookingDue(DeviceState state, DeviceNow now) =>
        state.Locks.Values.Any(l => l.Wait is not null)
        || state.SlowWaits.Any(w => now.Clock.ProvenSince(w.From) >= TimeSpan.FromHours(1))
        || state.Recent.Boots.Any(w => IsBootBookingDue(w, now.Clock));

    /// <summary>A machine that never stays on for an hour still proves its time on, and its signed time once a start.</summary>
    private static bool IsBootBookingDue(Wait boot, DeviceTime now) =>
        now.ProvenSince(boot.From) >= boot.Length / 4
        || (boot.Start.Boot == now.Boot && boot.Start.Trusted is null && now.Trusted is not null);

    private static IEnumerable<IDeviceEvent> EndWaits(DeviceState state, DeviceNow now) =>
        state
            .Locks.Values.Where(l =>
                l.Wait is { } wait && wait.IsOver(now.Clock) && l.Lock.WaysOut.Contains(WayOut.Wait)
            )
            .Select(IDeviceEvent (l) => new LockEnded(l.Lock.Id, WayOut.Wait, now.Clock));

    private static Decision<IDeviceEvent> Away(DeviceState state, LockAway command, DeviceNow now)
    {
        if (state.ActiveLocks.Any(l => l.Cause == Cause.Away))
        {
            return Nothing;
        }
        return state.Operators.Values.Any(o => o.Current is not null)
            ? new LockBegun(
                Own(
                    command.NewLockId,
                    Cause.Away,
                    Subject.Terminal,
                    new Evidence(Reason: command.Reason),
                    now
                ),
                now.Clock
            )
            : Refusal.Conflict("not_set_up", "Nobody could sign in again: set up a manager first.");
    }

    private static Decision<IDeviceEvent> Lose(LoseState command, DeviceNow now) =>
        (List<IDeviceEvent>)
            [
                // First the lock: a power cut between the two must not leave a clean journal without one.
                new LockBegun(
                    Own(
                        command.NewLockId,
                        Cause.StateUnknown,
                        Subject.Terminal,
                        new Evidence(Reason: command.Problem),
                        now
                    ),
                    now.Clock
                ),
                new StateLost(command.Problem),
            ];
}
