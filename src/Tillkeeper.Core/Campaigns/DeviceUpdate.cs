using Tillkeeper.Core.Device;

namespace Tillkeeper.Core.Campaigns;

/// <summary>An update at the terminal, as its journal tells it.</summary>
/// <param name="Tries">How often the present step was begun.</param>
/// <param name="Code">What keeps it from beginning, or what went wrong, in a word.</param>
/// <param name="LockId">The lock that stands for it.</param>
/// <param name="LockedAt">Since when.</param>
/// <param name="Slot">The slot that the installer fills.</param>
/// <param name="Previous">The slot that runs meanwhile, and again after a rollback; null when nothing was installed before.</param>
public sealed record DeviceUpdate(
    OrderedUpdate Ordered,
    UpdateStep Step = UpdateStep.Offered,
    int Tries = 1,
    string? Code = null,
    string? LockId = null,
    DeviceTime? LockedAt = null,
    string? Slot = null,
    string? Previous = null
)
{
    public bool IsOver => UpdateTable.IsOver(Step);
}

/// <summary>What runs at the terminal: the slot that <c>current</c> points to.</summary>
public sealed record InstalledSoftware(string Version, string Slot);
