using System.Collections.Immutable;
using Tillkeeper.Agent.Device;
using Tillkeeper.Core.Campaigns;
using Tillkeeper.Core.Device;

namespace Tillkeeper.Agent.Updates;

/// <summary>Wakes the update runner when something has happened that may let it go on. Many calls are one.</summary>
internal sealed class UpdateWake : ITillObserver, IDisposable
{
    private readonly SemaphoreSlim signal = new(0, 1);

    public void Happened(ImmutableArray<IDeviceEvent> events, DeviceState state)
    {
        if (!events.Any(e => e is UpdateOffered or UpdateStepped or SaleEnded))
        {
            return;
        }
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

    public void Dispose() => signal.Dispose();
}
