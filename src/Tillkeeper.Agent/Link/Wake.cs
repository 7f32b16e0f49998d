using System.Collections.Immutable;
using Tillkeeper.Agent.Device;
using Tillkeeper.Core.Device;

namespace Tillkeeper.Agent.Link;

/// <summary>Wakes the uplink: something has happened here, or the server has said what it holds. Many calls are one.</summary>
internal sealed class Wake : ITillObserver, IDisposable
{
    private readonly SemaphoreSlim signal = new(0, 1);

    public void Call()
    {
        try
        {
            signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // It has been called already and will look.
        }
    }

    /// <summary>Returns when called, or after <paramref name="most"/>.</summary>
    public Task WaitAsync(TimeSpan most, CancellationToken stop) => signal.WaitAsync(most, stop);

    public void Happened(ImmutableArray<IDeviceEvent> events, DeviceState state) => Call();

    public void Dispose() => signal.Dispose();
}
