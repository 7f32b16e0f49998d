using Tillkeeper.Core.Device.Hardware;

namespace Tillkeeper.Core.Repairs;

/// <summary>Something that happened in a repair (维修).</summary>
public interface IRepairEvent;

/// <summary>The way somebody took through a diagnosis tree.</summary>
/// <param name="Tree">The tree's name, e.g. <c>printer</c>.</param>
/// <param name="Answers">In their order, by the trees' own words.</param>
public sealed record DiagnosisTaken(string Tree, IReadOnlyList<string> Answers);

/// <param name="LockId">The lock that the repair is to end; null for a fault that locks nothing.</param>
/// <param name="SelfTest">What the terminal last said of its own parts, when it was opened.</param>
public sealed record RepairOpened(
    string Repair,
    string Terminal,
    string Part,
    string Fault,
    WarrantyVerdict Warranty,
    string Person,
    DateTimeOffset At,
    string? LockId = null,
    string? CaseId = null,
    bool? SealIntact = null,
    DiagnosisTaken? Diagnosis = null,
    IReadOnlyList<TestedPart>? SelfTest = null
) : IRepairEvent;

/// <summary>Who is to come, or to get the terminal. The person's name is kept aside, encrypted and erasable.</summary>
public sealed record RepairDispatched(
    string Company,
    string RepairerData,
    string RepairerCommitment,
    string Person,
    DateTimeOffset? Due = null
) : IRepairEvent;

/// <summary>
/// Somebody has seen who the repairer is, before the terminal was handed over (PCI DSS 4.0 9.5.1.3). No number of any document is kept.
/// </summary>
/// <param name="SeenBy">Who looked at it.</param>
public sealed record RepairerIdentified(RepairerProof Proof, string SeenBy, DateTimeOffset At)
    : IRepairEvent;

/// <summary>The terminal changed hands: one link of the chain of custody.</summary>
/// <param name="Seal">Number of the seal or bag it travels in.</param>
/// <param name="Condition">How it looked.</param>
public sealed record RepairHandedOver(
    Holder From,
    Holder To,
    string Condition,
    string Person,
    DateTimeOffset At,
    string? Seal = null
) : IRepairEvent;

/// <param name="IsWearPart">True for what wears out (易损件) and has to be replaced in time again.</param>
/// <param name="DueOn">When it should be replaced again.</param>
public sealed record PartReplaced(
    string Part,
    bool IsWearPart = false,
    string? Serial = null,
    DateOnly? DueOn = null
);

public sealed record RepairFinished(
    RepairResult Result,
    string Work,
    IReadOnlyList<PartReplaced> Parts,
    WarrantyVerdict Warranty,
    string Person,
    DateTimeOffset At
) : IRepairEvent;

/// <summary>After the return the terminal tested itself, and reported it under its own identity.</summary>
public sealed record RepairSelfTested(
    bool Passed,
    IReadOnlyList<TestedPart> Parts,
    DateTimeOffset At
) : IRepairEvent;

/// <summary>The first of two people accepts the return.</summary>
public sealed record ReturnAcceptRequested(string Person, string Reason) : IRepairEvent;

/// <summary>Two people have accepted the return.</summary>
/// <param name="People">Who, in order.</param>
public sealed record RepairAccepted(IReadOnlyList<string> People, string Reason) : IRepairEvent;

public sealed record RepairCancelled(string Person, string Reason) : IRepairEvent;
