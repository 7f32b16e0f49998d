using Tillkeeper.Core.Device.Hardware;
using Tillkeeper.Core.Policies;
using static Tillkeeper.Agent.Sensors.Hardware.Readings;

namespace Tillkeeper.Agent.Sensors.Hardware.BuiltIn;

/// <summary>
/// The clock that goes on while the terminal is switched off. A wrong one never fails: nothing here is decided by it, and the server's
/// signed time is better anyway. But receipts carry it, and a clock that was reset means an empty cell.
/// </summary>
internal static class ClockProbe
{
    private const long MostDrift = 120;
    private static readonly DateTimeOffset Unset = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <param name="trusted">The time that the server signed; null while none was heard.</param>
    public static PartReading Read(SysTree tree, PartProfile part, DateTimeOffset? trusted)
    {
        if (!tree.HasFolder("sys/class/rtc"))
        {
            return Unknown("the machine tells nothing of its clock");
        }
        var name = part.Match ?? "rtc0";
        if (!tree.HasFolder($"sys/class/rtc/{name}"))
        {
            return Absent($"clock {name}");
        }
        if (tree.Number($"sys/class/rtc/{name}/since_epoch") is not { } seconds)
        {
            return Unknown("the clock does not answer");
        }
        if (seconds < Unset.ToUnixTimeSeconds())
        {
            return Degraded("it was reset; its cell may be empty");
        }
        var drift = seconds - trusted?.ToUnixTimeSeconds();
        return Math.Abs(drift ?? 0) > MostDrift
            ? Degraded($"it is {drift} s off", ("drift_s", drift))
            : Ok(("drift_s", drift));
    }
}
