using Tillkeeper.Core.Serialization;
using static Tillkeeper.Core.Locks.Capability;
using static Tillkeeper.Core.Locks.WayOut;

namespace Tillkeeper.Core.Locks;

/// <summary>What holds for every lock of one cause unless an order or a policy narrows it.</summary>
/// <param name="Code">Short code for screens and phones.</param>
/// <param name="Scope">Capabilities blocked when the whole terminal is the subject.</param>
/// <param name="WaysOut">What may release it.</param>
/// <param name="People">How many different people a release by the provider needs (B5).</param>
/// <param name="AtOnce">True when it does not wait for the end of a running transaction (B7).</param>
public sealed record CauseRule(
    Cause Cause,
    string Code,
    Severity Severity,
    EnumSet<Capability> Scope,
    EnumSet<WayOut> WaysOut,
    int People = 1,
    bool AtOnce = false
);

/// <summary>
/// The transition table of the product, in one place: what each cause blocks and what ends it, and how a lock moves from
/// ordered to released. <c>docs/reference/locks.md</c> is generated from it; whatever is not listed here does not happen.
/// </summary>
public static class LockTable
{
    private static readonly EnumSet<Capability> AllButLedger = EnumSet<Capability>.All.Without(
        ManualLedger
    );
    private static readonly EnumSet<Capability> Online =
    [
        CardPayment,
        PinEntry,
        QrPayment,
        Refund,
        BatchClose,
    ];

    private static readonly CauseRule[] Rules =
    [
        new(
            Cause.WrongPassword,
            "E01",
            Severity.Medium,
            AllButLedger,
            [Wait, ManagerSignIn, PasswordReset, OfflineCode]
        ),
        new(
            Cause.CustomerPin,
            "E02",
            Severity.Medium,
            [PinEntry],
            [Wait, OfflineCode, ProviderRelease]
        ),
        new(
            Cause.Maintenance,
            "E03",
            Severity.Low,
            AllButLedger,
            [MaintenanceDone, ProviderRelease]
        ),
        new(Cause.HardwareFault, "E04", Severity.Medium, [], [SelfTest, Repair, Replacement]),
        new(
            Cause.Tamper,
            "E05",
            Severity.Critical,
            AllButLedger,
            [Repair, Replacement],
            People: 2,
            AtOnce: true
        ),
        new(
            Cause.NetworkUnstable,
            "E06",
            Severity.Low,
            Online,
            [NetworkCheck, ProviderRelease, Reconnect]
        ),
        new(
            Cause.NetworkAnomaly,
            "E07",
            Severity.High,
            Online,
            [OfflineCode, NetworkCheck, MoveApproved, ProviderRelease]
        ),
        new(
            Cause.LocationAnomaly,
            "E08",
            Severity.High,
            Online,
            [OfflineCode, MoveApproved, ProviderRelease],
            People: 2
        ),
        new(Cause.Remote, "E09", Severity.High, AllButLedger, [OfflineCode, ProviderRelease]),
        new(Cause.Anomaly, "E10", Severity.High, AllButLedger, [OfflineCode, ProviderRelease]),
        new(
            Cause.Binding,
            "E11",
            Severity.Critical,
            AllButLedger,
            [ProviderRelease, Replacement],
            People: 2
        ),
        new(Cause.OfflineTooLong, "E12", Severity.Medium, Online, [OfflineCode, Reconnect]),
        new(
            Cause.Away,
            "E13",
            Severity.Notice,
            AllButLedger.Without(Capability.SignIn),
            [WayOut.SignIn]
        ),
        new(
            Cause.StateUnknown,
            "E14",
            Severity.Critical,
            AllButLedger,
            [ProviderRelease, Replacement],
            People: 2
        ),
    ];

    /// <summary>Every rule, in the order of the short codes.</summary>
    public static IReadOnlyList<CauseRule> All => Rules;

    public static CauseRule Of(Cause cause) => Rules[(int)cause];

    /// <summary>
    /// Ways out that a signed release carries out. The others happen at the terminal itself, go by an order of their own
    /// (<c>password_reset</c>), or mean another terminal (<c>replacement</c>).
    /// </summary>
    public static EnumSet<WayOut> ByRelease { get; } =
    [BankApproval, Passkey, MaintenanceDone, Repair, NetworkCheck, MoveApproved, ProviderRelease];

    /// <summary>
    /// May a release order end a lock of this cause this way? Never one of tampering (invariant 9): once repaired, the terminal
    /// enrols again, and the new enrolment leaves the lock behind.
    /// </summary>
    public static bool CanRelease(Cause cause, WayOut way) =>
        cause != Cause.Tamper && ByRelease.Contains(way);

    /// <summary>What can happen to a lock, as the server sees it.</summary>
    public enum Happening
    {
        /// <summary>The terminal has applied it.</summary>
        Confirmed,

        /// <summary>The server has sent a signed release.</summary>
        ReleaseOrdered,

        /// <summary>The terminal has ended it.</summary>
        Released,

        /// <summary>The release had its turn at the terminal and ended nothing.</summary>
        ReleaseRefused,
    }

    /// <summary>
    /// Where a lock goes from <paramref name="status"/>; null means that it has ended. A transition that is not in the table
    /// leaves the lock as it is: whatever is unexpected never unlocks.
    /// </summary>
    public static LockStatus? Next(LockStatus status, Happening happening) =>
        (status, happening) switch
        {
            (LockStatus.Pending, Happening.Confirmed) => LockStatus.Confirmed,
            (LockStatus.Pending, Happening.ReleaseOrdered) => LockStatus.Releasing,
            (LockStatus.Confirmed, Happening.ReleaseOrdered) => LockStatus.Releasing,
            (LockStatus.Confirmed, Happening.Released) => null,
            (LockStatus.Releasing, Happening.Released) => null,
            (LockStatus.Releasing, Happening.ReleaseRefused) => LockStatus.Confirmed,
            _ => status,
        };
}
