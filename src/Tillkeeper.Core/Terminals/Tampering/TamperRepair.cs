namespace Tillkeeper.Core.Terminals.Tampering;

/// <summary>
/// A person vouches that a tampered terminal was inspected and got new keys (PCI PIN Security 3.1, 12 and 29: keys are loaded under dual
/// control). The second person's word lets it enrol again; nothing ever unlocks it.
/// </summary>
/// <param name="Inspection">What was looked at, by whom, with which result.</param>
/// <param name="KeysLoadedAt">When the new keys were loaded.</param>
public sealed record RepairTamper(
    string Person,
    string Inspection,
    DateTimeOffset KeysLoadedAt,
    string Reason
) : ITerminalCommand;

/// <summary>The first of two people has vouched for the repair.</summary>
public sealed record TamperRepairRequested(
    string Person,
    string Inspection,
    DateTimeOffset KeysLoadedAt,
    string Reason
) : ITerminalEvent;

/// <summary>The second has too: the next enrolment leaves the lock behind.</summary>
/// <param name="People">Who vouched, in order.</param>
public sealed record TamperRepaired(
    IReadOnlyList<string> People,
    string Inspection,
    DateTimeOffset KeysLoadedAt,
    string Reason
) : ITerminalEvent;
