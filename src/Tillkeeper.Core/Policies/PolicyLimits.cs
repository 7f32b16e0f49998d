using Tillkeeper.Core.Cases;

namespace Tillkeeper.Core.Policies;

/// <summary>
/// The range in which a policy means anything at all. A terminal refuses one outside it, so that a slip of the pen can neither
/// switch off the counting nor lock a fleet out. What is wise is the provider's business; what is possible is said here.
/// </summary>
public static class PolicyLimits
{
    /// <summary>Parts that a model can declare.</summary>
    public const int MostParts = 40;

    private static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    /// <summary>The first value out of range, named as in a policy file, or null.</summary>
    public static Refusal? Check(Policy policy)
    {
        var (wrong, passcode, code) = (policy.WrongPassword, policy.Passcode, policy.OfflineCode);
        return Whole("wrongPassword.attempts", wrong.Attempts, 1, 100)
            ?? Time("wrongPassword.lockFor", wrong.LockFor)
            ?? Whole("wrongPassword.resetAfter", wrong.ResetAfter, wrong.Attempts, 1000)
            ?? Whole("wrongPassword.terminalAttempts", wrong.TerminalAttempts, 1, 1000)
            ?? Time("wrongPassword.terminalWindow", wrong.TerminalWindow)
            ?? Whole("passcode.minLength", passcode.MinLength, 4, PasscodeRule.MaxLength)
            ?? Whole("passcode.history", passcode.History, 0, 24)
            ?? Whole("passcode.iterations", passcode.Iterations, 1, 10_000_000)
            ?? Time("passcode.grantFor", passcode.GrantFor)
            ?? Time("away.idleAfter", policy.Away.IdleAfter, orZero: true)
            ?? Time("offlineCode.validFor", code.ValidFor)
            ?? Whole("offlineCode.tries", code.Tries, 1, 10)
            ?? Time("transaction.longestWait", policy.Transaction.LongestWait, orZero: true)
            ?? Time("update.overUnsettledAfter", policy.Update.OverUnsettledAfter, orZero: true)
            ?? SensorLimits.Text("support.phone", policy.Support.Phone)
            ?? Whole("identity.recentContactDays", policy.Identity.RecentContactDays, 0, 366)
            ?? Documents("identity.wrongPasswordDocuments", policy.Identity.WrongPasswordDocuments)
            ?? Documents("identity.locationDocuments", policy.Identity.LocationDocuments)
            ?? Documents("identity.remoteDocuments", policy.Identity.RemoteDocuments)
            ?? Documents("identity.bindingDocuments", policy.Identity.BindingDocuments)
            ?? OwnReleaseRule.Check(policy.OwnRelease)
            ?? SensorLimits.Check(policy)
            ?? AnomalyLimits.Check(policy);
    }

    private static Refusal? Documents(string field, IReadOnlyList<string>? kinds) =>
        kinds is null
        || (
            kinds.Count <= DocumentKinds.All.Count
            && kinds.All(k => DocumentKinds.All.Contains(k, StringComparer.Ordinal))
        )
            ? null
            : Refusal.Invalid(
                field,
                $"{field} takes kinds of document: {string.Join(", ", DocumentKinds.All)}."
            );

    internal static Refusal? Whole(string field, long value, long least, long most) =>
        value >= least && value <= most
            ? null
            : Refusal.Invalid(field, $"{field} is {value}; it must be {least} to {most}.");

    internal static Refusal? Time(string field, TimeSpan value, bool orZero = false) =>
        (value > TimeSpan.Zero || (orZero && value == TimeSpan.Zero)) && value <= Longest
            ? null
            : Refusal.Invalid(field, $"{field} must be above zero and at most P366D.");
}
