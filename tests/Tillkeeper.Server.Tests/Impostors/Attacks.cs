namespace Tillkeeper.Server.Tests.Impostors;

/// <summary>
/// Every attack there is. A new way out of a lock brings its attacks in a file of its own, spread in here: one without fails a test.
/// </summary>
internal static class Attacks
{
    public static IReadOnlyList<Attack> All { get; } =
    [
        .. CaseAttacks.All,
        .. ContactAttacks.All,
        .. CodeAttacks.All,
        .. BankAttacks.All,
        .. PasskeyAttacks.All,
        .. ReleaseAttacks.All,
        .. RaceAttacks.All,
        .. ComplaintAttacks.All,
        .. RepairAttacks.All,
        .. BindingAttacks.All,
        .. NetworkAttacks.All,
        .. TillAttacks.All,
        .. ClockAttacks.All,
    ];
}
