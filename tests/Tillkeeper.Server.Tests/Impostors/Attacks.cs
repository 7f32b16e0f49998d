using Tillkeeper.Core.Locks;

namespace Tillkeeper.Server.Tests.Impostors;

/// <summary>
/// Every attack there is, and what has none yet. A new way out of a lock brings its attacks in a file of its own, spread in here.
/// </summary>
internal static class Attacks
{
    public static IReadOnlyList<Attack> All { get; } =
    [
        .. CaseAttacks.All,
        .. CodeAttacks.All,
        .. ReleaseAttacks.All,
        .. ComplaintAttacks.All,
        .. TillAttacks.All,
    ];

    /// <summary>Ways out that are being built: must be empty before a release.</summary>
    public static IReadOnlyList<WayOut> NotYet { get; } =
    [
        WayOut.BankApproval,
        WayOut.Passkey,
        WayOut.NetworkCheck,
        WayOut.MoveApproved,
        WayOut.Replacement,
    ];

    /// <summary>
    /// Ways out that nobody can be talked into: the terminal walks them by itself, out of what it measures, and asks no person. Their tests
    /// are those of the terminal (clocks, probes, restarts, silence).
    /// </summary>
    public static IReadOnlyDictionary<WayOut, string> Unattended { get; } =
        new Dictionary<WayOut, string>
        {
            [WayOut.Wait] = "WaitTests, WrongClockTests",
            [WayOut.SelfTest] = "Hardware tests of Core",
            [WayOut.Reconnect] = "ContactTests",
        };
}
