using Tillkeeper.Core.Policies;
using Tillkeeper.Core.Rules;

namespace Tillkeeper.PolicyFiles;

/// <summary>What a standard asks of one value of a policy.</summary>
/// <param name="Key">E.g. <c>away.idleAfter</c>.</param>
/// <param name="Source">Standard and clause, e.g. <c>PCI DSS 4.0, 8.2.8</c>.</param>
/// <param name="Asks">In words, e.g. <c>at most fifteen minutes</c>.</param>
public sealed record Clause(string Key, string Source, string Asks, Func<Policy, bool> Honours);

/// <summary>
/// The clauses that the presets honour. A policy may depart from one, as a provider under another regime must be able to; whoever checks
/// its file is told.
/// </summary>
public static class Clauses
{
    private static readonly TimeSpan HalfAnHour = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan QuarterOfAnHour = TimeSpan.FromMinutes(15);

    public static IReadOnlyList<Clause> All { get; } =
    [
        new(
            "wrongPassword.attempts",
            "PCI DSS 4.0, 8.3.4",
            "lock after at most 10 attempts",
            p => p.WrongPassword.Attempts <= 10
        ),
        new(
            "wrongPassword.lockFor",
            "PCI DSS 4.0, 8.3.4",
            "for at least 30 minutes, or until identity is confirmed",
            p => p.WrongPassword.LockFor >= HalfAnHour
        ),
        new(
            "wrongPassword.resetAfter",
            "NIST SP 800-63B-4",
            "at most 100 consecutive failures",
            p => p.WrongPassword.ResetAfter <= 100
        ),
        new(
            "wrongPassword.terminalAttempts",
            "NIST SP 800-63B-4",
            "at most 100 consecutive failures",
            p => p.WrongPassword.TerminalAttempts <= 100
        ),
        new(
            "passcode.history",
            "PCI DSS 4.0, 8.3.7",
            "not one of the last four",
            p => p.Passcode.History >= 4
        ),
        new(
            "passcode.iterations",
            "OWASP ASVS 5.0",
            "PBKDF2-HMAC-SHA256 with 600,000 iterations",
            p => p.Passcode.Iterations >= 600_000
        ),
        new(
            "passcode.grantFor",
            "NIST SP 800-63B-4",
            "what was granted for a reset is good for at most 24 hours",
            p => p.Passcode.GrantFor <= TimeSpan.FromHours(24)
        ),
        new(
            "away.idleAfter",
            "PCI DSS 4.0, 8.2.8",
            "sign in again after at most 15 minutes idle",
            p => p.Away.IdleAfter > TimeSpan.Zero && p.Away.IdleAfter <= QuarterOfAnHour
        ),
        new(
            "offlineCode.validFor",
            "NIST SP 800-63B-4; OWASP ASVS 5.0, 6.5.5",
            "a code by phone is good for at most 10 minutes",
            p => p.OfflineCode.ValidFor <= TimeSpan.FromMinutes(10)
        ),
        new(
            "minimumVersion.grace",
            "PCI DSS 4.0, 6.3.3",
            "critical patches within a month",
            p => p.MinimumVersion.Grace <= TimeSpan.FromDays(31)
        ),
        new(
            "location.mode",
            "Yinfa [2021] No. 259",
            "where a terminal stands is watched",
            p => p.Location.Mode != RuleMode.Off
        ),
    ];

    /// <summary>The clauses that a policy departs from.</summary>
    public static IEnumerable<Clause> DepartedFrom(Policy policy) =>
        All.Where(c => !c.Honours(policy));
}
