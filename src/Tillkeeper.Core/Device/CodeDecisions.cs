using Tillkeeper.Core.Codes;
using Tillkeeper.Core.Locks;

namespace Tillkeeper.Core.Device;

/// <summary>Challenges and one-time codes at the terminal (B4): no connection needed, single use, five tries a lock.</summary>
public static class CodeDecisions
{
    /// <summary>Code entries left for a lock, over all its challenges.</summary>
    public static int TriesLeft(DeviceState state, DeviceLock active) =>
        Math.Max(0, state.Policy.OfflineCode.Tries - active.CodeTries);

    /// <summary>How long the challenge on the screen still answers; zero when there is none.</summary>
    public static TimeSpan ValidFor(DeviceState state, DeviceLock active, DeviceNow now)
    {
        if (active.Challenge is not { } shown || shown.Issued.Boot != now.Clock.Boot)
        {
            return TimeSpan.Zero;
        }
        var left = state.Policy.OfflineCode.ValidFor - now.Clock.ProvenSince(shown.Issued);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    internal static Decision<IDeviceEvent> Challenge(
        DeviceState state,
        IssueChallenge command,
        DeviceNow now
    )
    {
        if (!state.Locks.TryGetValue(command.LockId, out var active))
        {
            return Missing(state, command.LockId);
        }
        // Looking at the screen again must not void what is being read out over the phone.
        var fresh = ValidFor(state, active, now) > state.Policy.OfflineCode.ValidFor / 2;
        return fresh
            ? DeviceDecisions.Nothing
            : new ChallengeIssued(command.LockId, command.Nonce, now.Clock);
    }

    internal static Decision<IDeviceEvent> Begin(
        DeviceState state,
        BeginCode command,
        DeviceNow now
    )
    {
        if (!state.Locks.TryGetValue(command.LockId, out var active))
        {
            return Missing(state, command.LockId);
        }
        if (!active.Lock.WaysOut.Contains(WayOut.OfflineCode))
        {
            return Refusal.Conflict(
                "way_out_not_available",
                "A code cannot end this lock; see its ways out."
            );
        }
        if (TriesLeft(state, active) == 0)
        {
            return new Refusal(
                RefusalKind.Locked,
                "code_tries_used_up",
                "No code is accepted for this lock any more."
            );
        }
        return ValidFor(state, active, now) == TimeSpan.Zero
            ? Refusal.Conflict(
                "challenge_expired",
                "The challenge has expired; ask for a new one and read it out again."
            )
            : new CodeAttemptCounted(command.LockId, active.CodeTries + 1);
    }

    internal static Decision<IDeviceEvent> End(DeviceState state, EndCode command, DeviceNow now)
    {
        if (!state.Locks.TryGetValue(command.LockId, out var active))
        {
            return Missing(state, command.LockId);
        }
        if (!active.Lock.WaysOut.Contains(WayOut.OfflineCode) || active.CodeTries == 0)
        {
            return Refusal.Conflict(
                "no_code_open",
                "There is no counted code of this lock to judge."
            );
        }
        var reset = active.Lock.WaysOut.Contains(WayOut.PasswordReset);
        return command.Effect switch
        {
            null => DeviceDecisions.Nothing,
            CodeEffect.PasscodeReset when !reset => DeviceDecisions.Nothing,
            var effect => new LockEnded(
                command.LockId,
                WayOut.OfflineCode,
                now.Clock,
                Grants: reset ? active.Lock.Evidence.Operator : null,
                VoidsPasscode: effect == CodeEffect.PasscodeReset
            ),
        };
    }

    private static Refusal Missing(DeviceState state, string lockId) =>
        state.Ended.Any(e => e.LockId == lockId)
            ? Refusal.Conflict("lock_released", "This lock has already been released.")
            : Refusal.NotFound("lock");
}
