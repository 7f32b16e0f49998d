using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Policies;
using Tillkeeper.Core.Rules;

namespace Tillkeeper.Core.Device;

/// <summary>
/// What comes of what a rule finds at this terminal: nothing, a note of what it would have done, a warning or a lock, as the policy says.
/// An episode counts once: a lock that somebody released is not raised again before its condition was gone.
/// </summary>
public static class FindingDecisions
{
    internal static Decision<IDeviceEvent> Find(DeviceState state, Find command, DeviceNow now)
    {
        var standing = state.Findings.GetValueOrDefault(Finding.KeyOf(command.Rule, command.Part));
        if (RuleTable.Effect(command.Rule, state.Policy) is not { } effect)
        {
            return standing is null ? DeviceDecisions.Nothing : Over(state, standing, now);
        }
        var scope = command.Scope ?? LockTable.Of(RuleTable.Of(command.Rule).Cause).Scope;
        if (effect == FindingEffect.Lock && scope.IsEmpty)
        {
            // A lock that blocks nothing is a warning.
            effect = FindingEffect.Warning;
        }
        // A policy that became milder leaves the lock to its ways out; one that became stricter acts.
        if (standing is not null && standing.Effect >= effect)
        {
            return DeviceDecisions.Nothing;
        }
        var evidence = command.Evidence with { Rule = command.Rule, Part = command.Part };
        var locks = effect == FindingEffect.Lock;
        var found = new RuleFound(
            command.Rule,
            effect,
            evidence,
            scope,
            now.Shown,
            command.Part,
            locks ? command.NewLockId : null
        );
        return locks
            ? (List<IDeviceEvent>)[Raise(state.Policy, command, evidence, scope, now), found]
            : found;
    }

    internal static Decision<IDeviceEvent> Clear(DeviceState state, Clear command, DeviceNow now) =>
        state.Findings.TryGetValue(Finding.KeyOf(command.Rule, command.Part), out var standing)
            ? Over(state, standing, now)
            : DeviceDecisions.Nothing;

    private static LockBegun Raise(
        Policy policy,
        Find command,
        Evidence evidence,
        Serialization.EnumSet<Capability> scope,
        DeviceNow now
    )
    {
        var own = DeviceDecisions.Own(
            command.NewLockId,
            RuleTable.Of(command.Rule).Cause,
            Subject.Terminal,
            evidence,
            now
        );
        var ways = policy.OwnRelease.Over(own.Cause, own.WaysOut);
        return new LockBegun(
            own with
            {
                Scope = scope,
                ExpectedEnd = command.LockFor is { } length ? now.Shown + length : null,
                WaysOut = command.LockFor is null ? ways.Without(WayOut.Wait) : ways,
            },
            now.Clock,
            command.LockFor
        );
    }

    /// <summary>The episode is over; its lock ends with it where the rule's table says so.</summary>
    private static List<IDeviceEvent> Over(DeviceState state, Finding standing, DeviceNow now)
    {
        List<IDeviceEvent> events = [];
        if (
            RuleTable.Of(standing.Rule).Ends is { } way
            && standing.LockId is { } id
            && state.Locks.TryGetValue(id, out var active)
            && active.Lock.WaysOut.Contains(way)
        )
        {
            events.Add(new LockEnded(id, way, now.Clock));
        }
        events.Add(new RuleCleared(standing.Rule, standing.Part));
        return events;
    }
}
