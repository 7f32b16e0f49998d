using Tillkeeper.Core.Device.Hardware;
using Tillkeeper.Core.Policies;
using static Tillkeeper.Agent.Sensors.Hardware.Readings;

namespace Tillkeeper.Agent.Sensors.Hardware.BuiltIn;

/// <summary>Battery and mains, as <c>/sys/class/power_supply</c> tells (kernel: Documentation/ABI/testing/sysfs-class-power).</summary>
internal static class PowerProbe
{
    private const string Supplies = "sys/class/power_supply";

    /// <summary>
    /// The supply of that name or type, the first battery when none is given. Dead, overheated and overcharged have failed, as has a
    /// battery that holds less than the least and is not being charged; too warm, too cold and worn are warnings.
    /// </summary>
    public static PartReading Read(SysTree tree, PartProfile part)
    {
        if (tree.Entries(Supplies) is not { } entries)
        {
            return Unknown("the machine tells nothing of its power");
        }
        var wanted = part.Match ?? "Battery";
        var name = entries.FirstOrDefault(e =>
            e == wanted || tree.Text($"{Supplies}/{e}/type") == wanted
        );
        if (name is null || tree.Number($"{Supplies}/{name}/present") == 0)
        {
            return Absent($"power supply {wanted}");
        }
        var at = $"{Supplies}/{name}";
        var capacity = tree.Number($"{at}/capacity");
        (string, double?)[] measures =
        [
            ("capacity_percent", capacity),
            ("temperature_c", tree.Number($"{at}/temp") / 10.0),
            ("voltage_v", tree.Number($"{at}/voltage_now") / 1_000_000.0),
            ("cycles", tree.Number($"{at}/cycle_count")),
        ];
        if (tree.Number($"{at}/online") == 0)
        {
            return Failed("no power comes in", measures);
        }
        if (Health(tree.Text($"{at}/health"), measures) is { } ill)
        {
            return ill;
        }
        var charging = tree.Text($"{at}/status") is "Charging" or "Full";
        return capacity < part.Least && !charging
            ? Failed($"{capacity} % left", measures)
            : Ok(measures);
    }

    private static PartReading? Health(string? health, (string, double?)[] measures) =>
        health switch
        {
            null or "Good" or "Unknown" => null,
            "Dead" or "Overheat" or "Over voltage" or "Over current" or "Unspecified failure" =>
                Failed(health.ToLowerInvariant(), measures),
            _ => Degraded(health.ToLowerInvariant(), measures),
        };
}
