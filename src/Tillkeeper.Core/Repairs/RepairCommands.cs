using Tillkeeper.Core.Device.Hardware;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Core.Terminals;

namespace Tillkeeper.Core.Repairs;

/// <summary>Something asked of a repair. Rights by role and subtree are the caller's.</summary>
public interface IRepairCommand;

/// <param name="Ways">The ways out of the lock it is to end; null when it is about none.</param>
public sealed record OpenRepair(RepairOpened Opening, EnumSet<WayOut>? Ways) : IRepairCommand;

public sealed record DispatchRepair(RepairDispatched Dispatch) : IRepairCommand;

public sealed record IdentifyRepairer(RepairerProof Proof, string Person) : IRepairCommand;

public sealed record HandOver(
    Holder From,
    Holder To,
    string Condition,
    string Person,
    string? Seal = null
) : IRepairCommand;

/// <param name="SealIntact">What the repairer saw of the seal.</param>
/// <param name="Warranty">As it is on record of the terminal.</param>
public sealed record FinishRepair(
    RepairResult Result,
    string Work,
    IReadOnlyList<PartReplaced> Parts,
    bool SealIntact,
    Warranty? Warranty,
    string Person
) : IRepairCommand;

/// <summary>The terminal reported a self-test.</summary>
public sealed record ObserveSelfTest(SelfTestRan Ran) : IRepairCommand;

/// <param name="Tampered">True while nobody has vouched for the repair of its tampering (<c>tamper-repair</c>).</param>
public sealed record AcceptReturn(string Person, string Reason, bool Tampered) : IRepairCommand;

public sealed record CancelRepair(string Person, string Reason) : IRepairCommand;
