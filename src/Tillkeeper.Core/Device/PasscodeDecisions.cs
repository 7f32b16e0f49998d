namespace Tillkeeper.Core.Device;

/// <summary>Who is an operator, and who may set a passcode. Nobody but the operator ever knows it (ASVS 5.0 6.4.6).</summary>
public static class PasscodeDecisions
{
    /// <summary>
    /// By what right this operator may set a passcode now: the owner's, a reset's, or a first use's. Refusal otherwise. Asked before
    /// the passcode itself is looked at, and again when it is set.
    /// </summary>
    public static (PasscodeOrigin Origin, Refusal? Refusal) MaySet(
        DeviceState state,
        string operatorId,
        bool ownerProven,
        DeviceNow now
    )
    {
        if (ownerProven)
        {
            return (PasscodeOrigin.Owner, null);
        }
        var grant = state.Operators.TryGetValue(operatorId, out var known) ? known.Grant : null;
        if (grant is null || grant.Ends.IsOver(now.Clock))
        {
            return (
                default,
                Refusal.Forbidden(
                    "Setting a passcode here needs the current one, or a reset granted by support or a manager.",
                    "not_granted"
                )
            );
        }
        return (grant.LockId is null ? PasscodeOrigin.FirstUse : PasscodeOrigin.Reset, null);
    }

    internal static Decision<IDeviceEvent> SetUp(DeviceState state, SetUp command, DeviceNow now)
    {
        if (state.IsSetUp)
        {
            return Refusal.Conflict(
                "already_set_up",
                "This terminal has a manager; a manager adds further operators."
            );
        }
        if (state.SignInLocks.Any())
        {
            // Or whoever holds a locked terminal could make himself its manager before it is released.
            return new Refusal(
                RefusalKind.Locked,
                "locked",
                "The terminal is locked; set it up after the release."
            );
        }
        var role = OperatorRole.Manager;
        return (List<IDeviceEvent>)
            [
                new OperatorAdded(command.Operator, role, Secrets.HashOf(command.Name), now.Clock)
                {
                    Secret = command.Name,
                },
                new PasscodeSet(
                    command.Operator,
                    PasscodeOrigin.SetUp,
                    Secrets.HashOf(command.Passcode)
                )
                {
                    Secret = command.Passcode,
                },
            ];
    }

    internal static Decision<IDeviceEvent> Add(
        DeviceState state,
        AddOperator command,
        DeviceNow now
    ) =>
        state.Operators.TryGetValue(command.Operator, out var known) && known.Current is not null
            ? Refusal.Conflict(
                "operator_exists",
                "An operator of that name exists; choose another name."
            )
            : new OperatorAdded(
                command.Operator,
                command.Role,
                Secrets.HashOf(command.Name),
                now.Clock
            )
            {
                Secret = command.Name,
            };

    internal static Decision<IDeviceEvent> Set(
        DeviceState state,
        SetPasscode command,
        DeviceNow now
    )
    {
        var (origin, refusal) = MaySet(state, command.Operator, command.OwnerProven, now);
        if (refusal is not null)
        {
            return refusal;
        }
        if (state.OpenAttempt == command.Operator)
        {
            // The attempt is judged against the passcode it was begun with.
            return Refusal.Conflict(
                "attempt_open",
                "An attempt of this operator is being judged; try again in a moment."
            );
        }
        var lockId =
            origin == PasscodeOrigin.Reset ? state.Operators[command.Operator].Grant?.LockId : null;
        return new PasscodeSet(command.Operator, origin, Secrets.HashOf(command.Passcode), lockId)
        {
            Secret = command.Passcode,
        };
    }
}
