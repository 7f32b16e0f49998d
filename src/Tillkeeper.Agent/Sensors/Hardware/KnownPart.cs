using System.Text.Json.Serialization;
using Tillkeeper.Core.Device.Hardware;
using Tillkeeper.Core.Locks;

namespace Tillkeeper.Agent.Sensors.Hardware;

/// <summary>What is known of a part at this moment; gone with the program, what was found stays in the journal.</summary>
/// <param name="At">When it was read, by the boot clock.</param>
internal sealed record KnownPart(PartReading Reading, PartRuns Runs, long At);

/// <summary>A part as <c>GET /local/v1/parts</c> shows it.</summary>
/// <param name="Blocks">What a fault of it blocks.</param>
/// <param name="Faulty">True when repeated runs found it so.</param>
/// <param name="SecondsAgo">Since the last reading; null when there was none.</param>
internal sealed record PartView(
    string Part,
    string Name,
    PartStatus Status,
    bool Faulty,
    IReadOnlyList<Capability> Blocks,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Detail,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        IReadOnlyDictionary<string, double>? Measures,
    long? SecondsAgo
);
