namespace Tillkeeper.Core.Device.Hooks;

/// <summary>One run of a hook is over. Does nothing unless that changes what is known of the hook.</summary>
/// <param name="Hook">Its folder and file, e.g. <c>lock-begun.d/10-port</c>.</param>
/// <param name="Problem">What went wrong, e.g. <c>exit 3: no such table</c>; null when nothing did.</param>
public sealed record HookRan(string Hook, string LockId, string? Problem = null) : IDeviceCommand;

/// <summary>What the world outside should have been told about a lock it was not: somebody has to look (G2).</summary>
/// <param name="Hook">Its folder and file.</param>
/// <param name="LockId">The lock it was to be told of.</param>
/// <param name="Problem">What went wrong, in a line.</param>
public sealed record HookFailed(string Hook, string LockId, string Problem, DeviceTime Clock)
    : IDeviceEvent;

/// <summary>A hook that had failed has run, or was taken away.</summary>
public sealed record HookRecovered(string Hook, DeviceTime Clock) : IDeviceEvent;
