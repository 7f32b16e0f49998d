using System.Collections.Immutable;
using System.Text.Json;
using Tillkeeper.Core;
using Tillkeeper.Core.Device.Hardware;
using Tillkeeper.Core.Identifiers;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Agent.Sensors.Hardware;

/// <summary>
/// What a probe's command prints and the vendor's program posts: <c>{part?, status, detail?, measures?}</c>. One shape, one reader.
/// </summary>
internal static class PartReport
{
    /// <summary>The reading, or what is wrong with it and what would be right.</summary>
    public static (PartReading? Reading, Refusal? Refusal) Read(JsonElement given, string part)
    {
        if (given.ValueKind != JsonValueKind.Object)
        {
            return Wrong("status", "Give an object with a status.");
        }
        if (Text(given, "part") is { } named && named != part)
        {
            return Wrong("part", $"This is the place of {part}.");
        }
        if (!Words.TryParse<PartStatus>(Text(given, "status"), out var status))
        {
            return Wrong("status", $"Give one of: {Words.All<PartStatus>()}.");
        }
        var detail = Text(given, "detail");
        if (detail?.Length > PartReading.LongestDetail)
        {
            return Wrong("detail", $"Use at most {PartReading.LongestDetail} characters.");
        }
        if (Measures(given) is not { } measures)
        {
            return Wrong(
                "measures",
                $"Give at most {PartReading.MostMeasures} numbers by name, each name at most {PartReading.LongestName} of a-z, 0-9 and _."
            );
        }
        var said = detail is null ? null : CardNumbers.Mask(detail);
        return (new PartReading(status, said, measures.IsEmpty ? null : measures), null);
    }

    private static ImmutableSortedDictionary<string, double>? Measures(JsonElement given)
    {
        var measures = ImmutableSortedDictionary.Create<string, double>(StringComparer.Ordinal);
        if (!given.TryGetProperty("measures", out var listed))
        {
            return measures;
        }
        if (listed.ValueKind != JsonValueKind.Object)
        {
            return null;
        }
        foreach (var measure in listed.EnumerateObject())
        {
            if (
                measure.Name is not { Length: > 0 and <= PartReading.LongestName } name
                || !name.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_')
                || measure.Value.ValueKind != JsonValueKind.Number
                || !measure.Value.TryGetDouble(out var value)
                || !double.IsFinite(value)
            )
            {
                return null;
            }
            measures = measures.SetItem(name, value);
        }
        return measures.Count <= PartReading.MostMeasures ? measures : null;
    }

    private static string? Text(JsonElement given, string name)
    {
        try
        {
            return
                given.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
                ? value.GetString()
                : null;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, escaped: JSON, but no text.
            return null;
        }
    }

    private static (PartReading?, Refusal?) Wrong(string field, string detail) =>
        (null, Refusal.Invalid(field, detail));
}
