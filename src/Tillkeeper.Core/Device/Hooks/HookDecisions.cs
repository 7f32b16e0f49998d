using System.Collections.Immutable;

namespace Tillkeeper.Core.Device.Hooks;

/// <summary>Which outcome of a hook is news: the first failure and the first success after it, not each of many tries.</summary>
public static class HookDecisions
{
    /// <summary>Hooks that may be known as failing; there are two folders with a few files each.</summary>
    public const int Most = 64;

    internal static Decision<IDeviceEvent> Ran(DeviceState state, HookRan command, DeviceNow now)
    {
        var failing = state.FailingHooks.ContainsKey(command.Hook);
        return command.Problem switch
        {
            null when failing => new HookRecovered(command.Hook, now.Clock),
            { } problem when !failing && state.FailingHooks.Count < Most => new HookFailed(
                command.Hook,
                command.LockId,
                problem,
                now.Clock
            ),
            _ => DeviceDecisions.Nothing,
        };
    }

    internal static DeviceState Failed(DeviceState state, HookFailed e) =>
        state with
        {
            FailingHooks = state.FailingHooks.SetItem(e.Hook, e.Problem),
        };

    internal static DeviceState Recovered(DeviceState state, HookRecovered e) =>
        state with
        {
            FailingHooks = state.FailingHooks.Remove(e.Hook),
        };

    internal static ImmutableSortedDictionary<string, string> None { get; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
}
