using System.Collections.Concurrent;
using System.Collections.Immutable;
using Tillkeeper.Agent.Device;
using Tillkeeper.Agent.Link;
using Tillkeeper.Core.Device;

namespace Tillkeeper.Agent.Hooks;

/// <summary>Begins and ends of locks, in their order, on their way to the hooks. Kept only when there is a folder of hooks.</summary>
internal sealed class LockNews(HookFolder hooks) : ITillObserver, IDisposable
{
    private readonly Wake wake = new();
    private readonly ConcurrentQueue<IDeviceEvent> news = new();

    public void Happened(ImmutableArray<IDeviceEvent> events, DeviceState state)
    {
        if (!hooks.IsGiven)
        {
            return;
        }
        foreach (var happened in events.Where(e => e is LockBegun or LockEnded))
        {
            news.Enqueue(happened);
            wake.Call();
        }
    }

    public IEnumerable<IDeviceEvent> Take()
    {
        while (news.TryDequeue(out var happened))
        {
            yield return happened;
        }
    }

    /// <summary>Returns when there is news, or after <paramref name="most"/>.</summary>
    public Task WaitAsync(TimeSpan most, CancellationToken stop) => wake.WaitAsync(most, stop);

    public void Dispose() => wake.Dispose();
}
