using System.Diagnostics;
using Tillkeeper.Core.Device;

namespace Tillkeeper.Fleet.Terminals;

/// <summary>One boot of a simulated machine: monotonic time since it was made.</summary>
internal sealed class SimulatedClock
{
    private readonly string boot = Guid.NewGuid().ToString("N");
    private readonly long start = Stopwatch.GetTimestamp();

    public DeviceNow Now =>
        new(
            new DeviceTime(boot, (long)Stopwatch.GetElapsedTime(start).TotalMilliseconds),
            DateTimeOffset.UtcNow
        );
}
