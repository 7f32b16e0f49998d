using System.Collections.Immutable;
using Tillkeeper.Core.Device;

namespace Tillkeeper.Agent.Device;

/// <summary>Told of everything that has happened, once it is durable and applied. Called on the till's own thread: must not wait.</summary>
internal interface ITillObserver
{
    void Happened(ImmutableArray<IDeviceEvent> events, DeviceState state);
}
