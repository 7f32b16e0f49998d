using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Policies;

namespace Tillkeeper.Core.Device;

/// <summary>Staff passcodes: who may try, what a wrong one leads to, what a right one ends (C1).</summary>
public static class SignInDecisions
{
    /// <summary>How many more wrong passcodes this operator has until the next lock.</summary>
    public static int Remaining(DeviceState state, string operatorId)
    {
        var rule = state.Policy.WrongPassword;
        var failures = state.FailuresOf(operatorId);
        var untilPause = rule.Attempts - (failures % rule.Attempts);
        var untilReset = state.Operators.ContainsKey(operatorId)
            ? rule.ResetAfter - failures
            : int.MaxValue;
        var untilTerminal = rule.TerminalAttempts - state.RecentFailures.Count;
        return Math.Max(0, Math.Min(untilPause, Math.Min(untilReset, untilTerminal)));
    }

    internal static Decision<IDeviceEvent> Begin(
        DeviceState state,
        BeginAttempt command,
        DeviceNow now
    )
    {
        if (state.OpenAttempt is not null)
        {
            return Refusal.Conflict(
                "attempt_open",
                "Another attempt is being judged; try again in a moment."
            );
        }
        var counter = state.CounterOf(command.Operator);
        if (state.SignInLocks.Any() || state.PauseOf(counter) is not null)
        {
            // Not counted: a lock must not feed itself (invariant 6).
            return new Refusal(
                RefusalKind.Locked,
                "locked",
                "Signing in is locked; see the locks for the ways out."
            );
        }
        return new AttemptCounted(counter, now.Clock);
    }

    internal static Decision<IDeviceEvent> End(DeviceState state, EndAttempt command, DeviceNow now)
    {
        var counter = state.CounterOf(command.Operator);
        if (state.OpenAttempt != counter)
        {
            return Refusal.Conflict(
                "no_attempt_open",
                "There is no counted attempt of this operator to judge."
            );
        }
        // A reset may have voided the passcode while it was being evaluated: then it proves nothing any more.
        return
            command.Right
            && state.Operators.TryGetValue(counter, out var known)
            && known.Current is not null
            ? Right(state, known, now)
            : Wrong(state, command with { Operator = counter }, now);
    }

    private static List<IDeviceEvent> Right(DeviceState state, Operator signedIn, DeviceNow now)
    {
        List<IDeviceEvent> events =
        [
            new OperatorSignedIn(signedIn.Id, signedIn.Role, signedIn.PendingReset),
        ];
        foreach (var active in state.ActiveLocks)
        {
            if (active.WaysOut.Contains(WayOut.SignIn))
            {
                events.Add(new LockEnded(active.Id, WayOut.SignIn, now.Clock, signedIn.Id));
            }
            else if (
                signedIn.Role == OperatorRole.Manager
                && active.WaysOut.Contains(WayOut.ManagerSignIn)
            )
            {
                events.Add(new LockEnded(active.Id, WayOut.ManagerSignIn, now.Clock, signedIn.Id));
            }
        }
        return events;
    }

    /// <summary>
    /// Only the highest stage that is reached acts: reset only, then a pause; and the terminal when its window is full or nobody
    /// would be left who could sign in. While others are merely paused the terminal waits for them: the stage that only a reset
    /// ends then stays with the operator, or a stranger could keep the shop closed until support answers. The locks come before the
    /// failure: if the power is cut between the two, the attempt is still open, and the start raises what is missing.
    /// </summary>
    private static List<IDeviceEvent> Wrong(DeviceState state, EndAttempt command, DeviceNow now)
    {
        var rule = state.Policy.WrongPassword;
        var failures = state.FailuresOf(command.Operator);
        var known = state.Operators.ContainsKey(command.Operator);
        List<IDeviceEvent> events = [];

        var resetOnly = known && failures >= rule.ResetAfter;
        var paused = resetOnly || failures % rule.Attempts == 0;
        var terminalFull = state.RecentFailures.Count >= rule.TerminalAttempts;
        var nobodyLeft = paused && known && !OthersCanSignIn(state, command.Operator);
        var nobodyEver = nobodyLeft && !OthersCanWait(state, command.Operator);

        var stands = state.PauseOf(command.Operator) is not null;
        if (paused && !stands && (!nobodyLeft || (resetOnly && !nobodyEver)))
        {
            var subject = Subject.OfOperator(command.Operator);
            // A second lock needs a second id; the terminal's, if it comes, takes the one given.
            var id = terminalFull || nobodyLeft ? Successor(command.NewLockId) : command.NewLockId;
            events.Add(
                Lock(state.Policy, id, subject, command.Operator, failures, known, resetOnly, now)
            );
        }
        if ((terminalFull || nobodyLeft) && !IsTerminalLocked(state))
        {
            var attempts = nobodyLeft ? failures : state.RecentFailures.Count;
            var onlyReset = resetOnly && nobodyEver;
            events.Add(
                Lock(
                    state.Policy,
                    command.NewLockId,
                    Subject.Terminal,
                    command.Operator,
                    attempts,
                    known,
                    onlyReset,
                    now
                )
            );
        }
        events.Add(new AttemptFailed(command.Operator));
        return events;
    }

    private static bool IsTerminalLocked(DeviceState state) =>
        state.ActiveLocks.Any(l => l.Subject.IsTerminal && l.Cause == Cause.WrongPassword);

    private static LockBegun Lock(
        Policy policy,
        string id,
        Subject subject,
        string operatorId,
        int attempts,
        bool known,
        bool resetOnly,
        DeviceNow now
    )
    {
        var lockFor = policy.WrongPassword.LockFor;
        var evidence = new Evidence(known ? operatorId : null, attempts);
        var own = DeviceDecisions.Own(id, Cause.WrongPassword, subject, evidence, now);
        // The owner can end a pause, but nobody's word replaces a forgotten passcode.
        var ways = resetOnly
            ? own.WaysOut
            : policy.OwnRelease.Over(Cause.WrongPassword, own.WaysOut);
        if (resetOnly || subject.IsTerminal)
        {
            ways = ways.Without(WayOut.ManagerSignIn);
        }
        if (resetOnly)
        {
            ways = ways.Without(WayOut.Wait);
        }
        if (!known)
        {
            ways = ways.Without(WayOut.PasswordReset);
        }
        return new LockBegun(
            own with
            {
                WaysOut = ways,
                ExpectedEnd = resetOnly ? null : now.Shown + lockFor,
            },
            now.Clock,
            resetOnly ? null : lockFor
        );
    }

    private static bool OthersCanSignIn(DeviceState state, string operatorId) =>
        state.Operators.Values.Any(o =>
            o.Id != operatorId && o.Current is not null && state.PauseOf(o.Id) is null
        );

    private static bool OthersCanWait(DeviceState state, string operatorId) =>
        state.Operators.Values.Any(o =>
            o.Id != operatorId
            && o.Current is not null
            && state.PauseOf(o.Id)?.Lock.WaysOut.Contains(WayOut.Wait) == true
        );

    private static string Successor(string id) =>
        id[..^1]
        + Codes.Crockford.Alphabet[
            (Codes.Crockford.Alphabet.IndexOf(id[^1], StringComparison.Ordinal) + 1) % 32
        ];
}
