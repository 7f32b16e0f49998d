using Tillkeeper.Core;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Policies;
using Tillkeeper.Core.Terminals;

namespace Tillkeeper.Server.Locks;

/// <summary>How the owner of a shop has shown who they are.</summary>
internal enum OwnMethod
{
    Passkey,

    /// <summary>A one-time code to the phone on file: the same way out as a passkey, for what the policy holds at low risk.</summary>
    PhoneCode,
    BankRelease,
    BankReset,
}

/// <param name="Person">Who the log says has released it: a key's id, or <c>bank/ID</c>.</param>
/// <param name="Request">The id of the request that it was confirmed in, if there was one.</param>
internal sealed record OwnRelease(
    OwnMethod Method,
    IReadOnlyList<string> Locks,
    string Person,
    string Reason,
    string? Request = null
);

/// <summary>
/// The one place where an owner's word becomes a release: the lock must have the way out, the policy in force must give its cause to this
/// method, and all of the locks go or none.
/// </summary>
internal static class OwnReleases
{
    public static Decision<ITerminalEvent> Decide(
        TerminalState terminal,
        Policy policy,
        OwnRelease wanted,
        DateTimeOffset now
    )
    {
        if (!terminal.IsEnrolled)
        {
            return Refusal.Conflict(
                "not_enrolled",
                "The terminal is not enrolled; nothing could reach it."
            );
        }
        List<ITerminalEvent> events = [];
        var folded = terminal;
        foreach (var id in wanted.Locks)
        {
            if (!folded.Locks.TryGetValue(id, out var tracked))
            {
                return Refusal.NotFound("lock");
            }
            if (!MayEnd(policy, wanted.Method, tracked.Lock.Cause))
            {
                return Refusal.Conflict(
                    "way_out_not_available",
                    $"The policy in force does not let the shop end {tracked.Lock.Code} in this way."
                );
            }
            if (tracked.Lock.Status == LockStatus.Releasing)
            {
                return Refusal.Conflict(
                    "already_releasing",
                    "The release is on its way; the terminal has not confirmed it yet."
                );
            }
            var decision = TerminalDecisions.Decide(folded, Command(wanted, id), now);
            if (!decision.Accepted)
            {
                return decision.Refusal!;
            }
            events.AddRange(decision.Events);
            folded = decision.Events.Aggregate(folded, TerminalFold.Apply);
        }
        return events;
    }

    /// <summary>Does the policy give a cause to this method? Never one that needs a second look, whatever it says.</summary>
    public static bool MayEnd(Policy policy, OwnMethod method, Cause cause) =>
        OwnReleaseRule.Possible.Contains(cause) && Given(policy.OwnRelease, method).Contains(cause);

    private static IReadOnlyList<Cause> Given(OwnReleaseRule rule, OwnMethod method) =>
        method switch
        {
            OwnMethod.Passkey => rule.Passkey,
            OwnMethod.PhoneCode => rule.PhoneCode,
            OwnMethod.BankRelease or OwnMethod.BankReset => rule.BankApproval,
        };

    private static ITerminalCommand Command(OwnRelease wanted, string lockId) =>
        wanted.Method switch
        {
            OwnMethod.BankReset => new OrderPasscodeReset(
                lockId,
                wanted.Person,
                wanted.Reason,
                wanted.Request ?? ""
            ),
            OwnMethod.BankRelease => Release(wanted, lockId, WayOut.BankApproval),
            OwnMethod.Passkey or OwnMethod.PhoneCode => Release(wanted, lockId, WayOut.Passkey),
        };

    private static OrderRelease Release(OwnRelease wanted, string lockId, WayOut way) =>
        new(lockId, way, wanted.Person, wanted.Reason, wanted.Request);
}
