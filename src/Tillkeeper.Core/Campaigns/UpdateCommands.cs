using Tillkeeper.Core.Device;

namespace Tillkeeper.Core.Campaigns;

/// <summary>Something happened to the update in hand.</summary>
/// <param name="Code">Why it failed, or what keeps it.</param>
/// <param name="NewLockId">For the lock, when it is cleared to begin.</param>
/// <param name="Slot">The slot to fill, when the installer is about to start.</param>
/// <param name="Previous">The slot that runs.</param>
public sealed record StepUpdate(
    string Campaign,
    UpdateHappening Happening,
    string? Code = null,
    string? NewLockId = null,
    string? Slot = null,
    string? Previous = null
) : IDeviceCommand;

/// <summary>The work behind a lock of this terminal's has got on, or takes longer than was said.</summary>
public sealed record ReviseLock(string LockId, DateTimeOffset ExpectedEnd, int? Progress)
    : IDeviceCommand;

/// <summary>What runs here was looked at.</summary>
public sealed record FindSoftware(InstalledSoftware Running) : IDeviceCommand;
