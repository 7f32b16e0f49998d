using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Core.Device.Hardware;

/// <summary>What one run of a probe says of a part (C4).</summary>
[JsonConverter(typeof(SnakeCaseEnum<PartStatus>))]
public enum PartStatus
{
    Ok,

    /// <summary>It works and will not for long, or not well: worth a warning, never a lock.</summary>
    Degraded,
    Failed,
    Absent,

    /// <summary>The secure processor has seen somebody at the terminal's inside: no rule and no hysteresis, it locks at once.</summary>
    Tampered,

    /// <summary>Nothing could be found out. Says neither that it works nor that it does not.</summary>
    Unknown,
}

/// <summary>One reading of one part.</summary>
/// <param name="Detail">In a few words, for people; no more than <see cref="LongestDetail"/> characters.</param>
/// <param name="Measures">Numbers by name, e.g. <c>capacity_percent</c>; no more than <see cref="MostMeasures"/>.</param>
public sealed record PartReading(
    PartStatus Status,
    string? Detail = null,
    ImmutableSortedDictionary<string, double>? Measures = null
)
{
    public const int LongestDetail = 200;
    public const int LongestName = 40;
    public const int MostMeasures = 16;
}
