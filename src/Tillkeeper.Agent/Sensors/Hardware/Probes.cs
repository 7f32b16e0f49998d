using System.Collections.Concurrent;
using Tillkeeper.Agent.Clock;
using Tillkeeper.Agent.Sensors.Hardware.BuiltIn;
using Tillkeeper.Core.Device.Hardware;
using Tillkeeper.Core.Policies;

namespace Tillkeeper.Agent.Sensors.Hardware;

/// <summary>Runs the probe of a part. A file that cannot be read, or a device that hangs, has found out nothing.</summary>
internal sealed partial class Probes(
    SysTree tree,
    CommandProbe command,
    DeviceClock clock,
    ILogger<Probes> logger
)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);
    private readonly ConcurrentDictionary<string, Task<PartReading>> hanging = new(
        StringComparer.Ordinal
    );

    /// <summary>Null for a part whose own program reports it.</summary>
    public async Task<PartReading?> ReadAsync(PartProfile part, CancellationToken stop) =>
        part.Probe switch
        {
            ProbeNames.Reported => null,
            ProbeNames.Command => await command.ReadAsync(part, stop),
            _ => await InTimeAsync(part, stop),
        };

    private async Task<PartReading> InTimeAsync(PartProfile part, CancellationToken stop)
    {
        if (hanging.TryGetValue(part.Name, out var before) && !before.IsCompleted)
        {
            return Readings.Unknown("the device still does not answer");
        }
        // Reading from a broken device can take for ever, and nothing ends it.
        var reading = Task.Run(() => BuiltIn(part), CancellationToken.None);
        hanging[part.Name] = reading;
        try
        {
            return await reading.WaitAsync(Limit, stop);
        }
        catch (TimeoutException)
        {
            return Readings.Unknown("the device does not answer");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Readings.Unknown("it cannot be read");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A machine tells what nobody expected: the other parts are still to be tested.
            LogFault(part.Name, part.Probe, e);
            return Readings.Unknown("the probe failed");
        }
    }

    private PartReading BuiltIn(PartProfile part) =>
        part.Probe switch
        {
            ProbeNames.Input => DeviceProbes.Input(tree, part),
            ProbeNames.Usb => DeviceProbes.Usb(tree, part),
            ProbeNames.Serial => DeviceProbes.Serial(tree, part),
            ProbeNames.Power => PowerProbe.Read(tree, part),
            ProbeNames.Storage => StorageProbes.Storage(tree, part),
            ProbeNames.Space => StorageProbes.Space(tree, part),
            ProbeNames.Memory => StorageProbes.Memory(tree, part),
            ProbeNames.Clock => ClockProbe.Read(tree, part, clock.Trusted),
            ProbeNames.Printer => PrinterProbe.Read(tree, part),
            // A newer policy names a probe that this version does not have.
            _ => Readings.Unknown($"the probe {part.Probe} is not known here"),
        };

    [LoggerMessage(LogLevel.Error, "The probe {Probe} of {Part} failed.")]
    private partial void LogFault(string part, string probe, Exception e);
}
