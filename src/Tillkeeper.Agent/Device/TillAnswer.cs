using System.Collections.Immutable;
using Tillkeeper.Core;
using Tillkeeper.Core.Device;

namespace Tillkeeper.Agent.Device;

/// <summary>What became of a command: its events are durable, <paramref name="State"/> has them applied.</summary>
internal sealed record TillAnswer(
    ImmutableArray<IDeviceEvent> Events,
    Refusal? Refusal,
    DeviceState State
);
