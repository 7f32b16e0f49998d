using Tillkeeper.Core.Device;

namespace Tillkeeper.Core.Campaigns;

/// <summary>An update was ordered and accepted; an earlier one that had not begun gives way.</summary>
public sealed record UpdateOffered(OrderedUpdate Update, DeviceTime Clock) : IDeviceEvent;

/// <summary>An update goes on to a step, and nothing of that step has been done yet.</summary>
/// <param name="Try">How often this step was begun.</param>
/// <param name="Code">Why it failed, or what it waits for.</param>
/// <param name="Slot">With <c>installing</c>: the slot to fill.</param>
/// <param name="Previous">With <c>installing</c>: the slot that runs.</param>
/// <param name="Took">At the end: how long the shop was closed; null when no clock can prove it.</param>
public sealed record UpdateStepped(
    string Campaign,
    UpdateStep Step,
    DeviceTime Clock,
    int Try = 1,
    string? Code = null,
    string? Slot = null,
    string? Previous = null,
    TimeSpan? Took = null
) : IDeviceEvent;

/// <summary>What <c>current</c> was found to point to, when it differs from what the journal knew.</summary>
public sealed record SoftwareFound(string Version, string Slot) : IDeviceEvent;

/// <summary>The expected end of a lock, or how far the work behind it is, has changed: said in the open (B6).</summary>
/// <param name="Progress">0 to 100.</param>
public sealed record LockRevised(
    string LockId,
    DateTimeOffset? ExpectedEnd = null,
    int? Progress = null
) : IDeviceEvent;
