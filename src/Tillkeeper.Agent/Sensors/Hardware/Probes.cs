using System.Collections.Concurrent;
using System.Diagnostics;
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

    /// <summary>One read of a part at a time, shared by whoever asks while it runs.</summary>
    private readonly ConcurrentDictionary<string, (Task<PartReading> Task, long Since)> reads = new(
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
        if (!reads.TryGetValue(part.Name, out var read) || read.Task.IsCompleted)
        {
            // Reading from a broken device can take for ever, and nothing ends it.
            read = (
                Task.Run(() => BuiltIn(part), CancellationToken.None),
                Stopwatch.GetTimestamp()
            );
            reads[part.Name] = read;
        }
        else if (Stopwatch.GetElapsedTime(read.Since) > Limit * 0.9)
        {
            return Readings.Unknown("the device still does not answer");
        }
        try
        {
            return await read.Task.WaitAsync(Limit, stop);
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
