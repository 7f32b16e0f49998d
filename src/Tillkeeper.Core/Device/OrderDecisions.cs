using Tillkeeper.Core.Campaigns;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Orders;
using Tillkeeper.Core.Policies;

namespace Tillkeeper.Core.Device;

/// <summary>
/// Orders at the terminal (B3). Meant for another terminal or epoch, already seen, or ahead of its turn: refused and nothing
/// changes. In turn but expired, unknown or not allowed: its number is used up without effect, and reported.
/// </summary>
public static class OrderDecisions
{
    internal static Decision<IDeviceEvent> Apply(
        DeviceState state,
        ApplyOrder command,
        DeviceNow now
    )
    {
        var order = command.Order;
        if (order.Terminal != state.Terminal)
        {
            return Bad("foreign_order", "The order is meant for another terminal.");
        }
        if (order.Epoch != state.Epoch)
        {
            return Bad("foreign_epoch", "The order is from another enrolment of this terminal.");
        }
        if (order.Number <= state.LastOrder)
        {
            return Bad(
                "replayed_order",
                $"Order {order.Number} has had its turn; the last one was {state.LastOrder}."
            );
        }
        if (order.Number != state.LastOrder + 1)
        {
            return Bad("order_out_of_turn", $"Order {state.LastOrder + 1} must come first.");
        }
        if (order.IsExpired(now.Clock.Trusted))
        {
            return Used(order, "expired");
        }
        return order.Kind switch
        {
            OrderKind.Lock when order is { LockId: { } id, Lock: { } ordered } => RaiseLock(
                state,
                order,
                id,
                ordered,
                now
            ),
            OrderKind.Release when order is { LockId: { } id, WayOut: { } way } => Release(
                state,
                order,
                id,
                way,
                now
            ),
            OrderKind.PasscodeReset when order.LockId is { } id => Reset(state, order, id, now),
            OrderKind.Policy when order.Policy is { } policy => Change(state, order, policy),
            OrderKind.KeySet when order.KeySet is { } text => Follow(state, command, text),
            OrderKind.Update when order.Update is { } update => Update(state, command, update, now),
            OrderKind.UpdateStop when order.Campaign is { } campaign => StopUpdate(
                state,
                order,
                campaign,
                now
            ),
            OrderKind.LockRevision when order is { LockId: { } id, Revision: { } revision } =>
                Revise(state, order, id, revision),
            OrderKind.Wipe => Effect(order),
            OrderKind.Lock
            or OrderKind.Release
            or OrderKind.PasscodeReset
            or OrderKind.Policy
            or OrderKind.KeySet
            or OrderKind.Update
            or OrderKind.UpdateStop
            or OrderKind.LockRevision => Used(order, "incomplete_order"),
            _ => Used(order, "unknown_kind"),
        };
    }

    private static Decision<IDeviceEvent> RaiseLock(
        DeviceState state,
        Order order,
        string id,
        OrderedLock ordered,
        DeviceNow now
    )
    {
        if (state.Locks.ContainsKey(id))
        {
            return Effect(order);
        }
        var raised = new Lock
        {
            Id = id,
            Cause = ordered.Cause,
            Subject = Subject.Terminal,
            Scope = ordered.Scope,
            Owner = LockOwner.Server,
            Status = LockStatus.Confirmed,
            Since = ordered.Since,
            ExpectedEnd = ordered.ExpectedEnd,
            Progress = ordered.Progress,
            // Whatever an order says, no code and no release opens a tampered terminal (invariant 9).
            WaysOut =
                ordered.Cause == Cause.Tamper
                    ? ordered.WaysOut.And(LockTable.Of(Cause.Tamper).WaysOut)
                    : ordered.WaysOut,
            Message = ordered.Message,
            Evidence = ordered.Evidence ?? Evidence.None,
        };
        return Effect(order, new LockBegun(raised, now.Clock));
    }

    private static Decision<IDeviceEvent> Release(
        DeviceState state,
        Order order,
        string id,
        WayOut way,
        DeviceNow now
    )
    {
        if (!state.Locks.TryGetValue(id, out var active))
        {
            return Effect(order);
        }
        return active.Lock.WaysOut.Contains(way) && LockTable.CanRelease(active.Lock.Cause, way)
            ? Effect(order, new LockEnded(id, way, now.Clock))
            : Used(order, "way_out_not_available");
    }

    /// <summary>
    /// Approving a reset ends the lock and lets the operator in its evidence set one new passcode. When the pause has run out
    /// meanwhile the passcode is still forgotten, so the reset still counts; when a code has already given it, it does not count twice.
    /// </summary>
    private static Decision<IDeviceEvent> Reset(
        DeviceState state,
        Order order,
        string id,
        DeviceNow now
    )
    {
        if (state.Locks.TryGetValue(id, out var active))
        {
            return active.Lock.WaysOut.Contains(WayOut.PasswordReset)
                ? Effect(
                    order,
                    new LockEnded(
                        id,
                        WayOut.PasswordReset,
                        now.Clock,
                        Grants: active.Lock.Evidence.Operator,
                        VoidsPasscode: true
                    )
                )
                : Used(order, "way_out_not_available");
        }
        var about = state.ResetsGiven.Contains(id)
            ? null
            : state.Ended.FirstOrDefault(e => e.LockId == id)?.Operator;
        return about is null
            ? Effect(order)
            : Effect(order, new PasscodeVoided(about, id, now.Clock));
    }

    private static Decision<IDeviceEvent> Change(DeviceState state, Order order, Policy policy)
    {
        if (policy.Version <= state.Policy.Version)
        {
            return policy == state.Policy ? Effect(order) : Used(order, "stale_policy");
        }
        return PolicyLimits.Check(policy) is null
            ? Effect(order, new PolicyChanged(policy))
            : Used(order, "invalid_policy");
    }

    private static Decision<IDeviceEvent> Follow(DeviceState state, ApplyOrder command, string text)
    {
        if (text == state.KeySet)
        {
            return Effect(command.Order);
        }
        return command.KeySet is { } set && set.Version > state.KeySetVersion
            ? Effect(command.Order, new KeySetChanged(text, set.Version))
            : Used(command.Order, "stale_key_set");
    }

    private static Decision<IDeviceEvent> Update(
        DeviceState state,
        ApplyOrder command,
        OrderedUpdate update,
        DeviceNow now
    ) =>
        (command.CannotUpdate ?? UpdateDecisions.Refuses(state, update)) is { } code
            ? Used(command.Order, code)
            : Effects(command.Order, UpdateDecisions.Offer(state, update, now));

    private static Decision<IDeviceEvent> StopUpdate(
        DeviceState state,
        Order order,
        string campaign,
        DeviceNow now
    ) =>
        UpdateDecisions.Stop(state, campaign, now) is { } stopped
            ? Effects(order, stopped)
            : Used(order, "update_running");

    private static Decision<IDeviceEvent> Revise(
        DeviceState state,
        Order order,
        string id,
        LockRevision revision
    ) =>
        state.Locks.TryGetValue(id, out var active) && active.Lock.Owner == LockOwner.Server
            ? Effect(order, new LockRevised(id, revision.ExpectedEnd, revision.Percent))
            : Effect(order);

    private static Decision<IDeviceEvent> Effects(Order order, IEnumerable<IDeviceEvent> effects) =>
        (List<IDeviceEvent>)[.. effects, new OrderApplied(order.Number, order.Kind, order.LockId)];

    private static Decision<IDeviceEvent> Effect(Order order, IDeviceEvent? effect = null)
    {
        var applied = new OrderApplied(order.Number, order.Kind, order.LockId);
        return effect is null ? applied : (List<IDeviceEvent>)[effect, applied];
    }

    private static Decision<IDeviceEvent> Used(Order order, string code) =>
        new OrderRefused(order.Number, order.Kind, code, order.LockId);

    private static Refusal Bad(string code, string detail) =>
        new(RefusalKind.Invalid, code, detail);
}
