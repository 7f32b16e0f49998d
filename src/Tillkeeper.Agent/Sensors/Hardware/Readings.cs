using System.Collections.Immutable;
using Tillkeeper.Core.Device.Hardware;

namespace Tillkeeper.Agent.Sensors.Hardware;

/// <summary>Short ways to say what was read.</summary>
internal static class Readings
{
    public static PartReading Ok(params (string Name, double? Value)[] measures) =>
        new(PartStatus.Ok, null, Measures(measures));

    public static PartReading Degraded(string why, params (string, double?)[] measures) =>
        new(PartStatus.Degraded, why, Measures(measures));

    public static PartReading Failed(string why, params (string, double?)[] measures) =>
        new(PartStatus.Failed, why, Measures(measures));

    public static PartReading Absent(string what) => new(PartStatus.Absent, $"{what} is not there");

    public static PartReading Unknown(string why) => new(PartStatus.Unknown, why);

    private static ImmutableSortedDictionary<string, double>? Measures(
        (string Name, double? Value)[] measures
    )
    {
        var known = measures
            .Where(m => m.Value is not null)
            .ToImmutableSortedDictionary(m => m.Name, m => m.Value!.Value, StringComparer.Ordinal);
        return known.IsEmpty ? null : known;
    }
}
