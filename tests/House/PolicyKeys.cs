using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Tillkeeper.Core.Policies;
using Tillkeeper.PolicyFiles;

namespace Tillkeeper.House;

/// <summary>One key of a policy file with everything that the code knows of it.</summary>
internal sealed record PolicyKey(
    string Key,
    string Type,
    string Range,
    string Meaning,
    IReadOnlyList<string> Values
)
{
    /// <summary>The value under each preset, gentle first.</summary>
    public bool SameEverywhere => Values.Distinct(StringComparer.Ordinal).Count() == 1;
}

/// <summary>
/// Reads the keys of policy files off the code: their types from the shapes, their ranges from what the limits say when a value beyond them
/// is tried, their meaning from the comments.
/// </summary>
internal static partial class PolicyKeys
{
    /// <summary>Far below, at and far above everything that a key can take.</summary>
    private static readonly JsonNode[] Probes =
    [
        -1_000_000_000,
        2_000_000_000,
        "PT0S",
        "P300D",
        "P400D",
        "",
        new string('x', 1000),
    ];

    /// <summary>Bounds that another key sets.</summary>
    private static readonly Dictionary<string, (string Number, string Key)> Bounds = new(
        StringComparer.Ordinal
    )
    {
        ["wrongPassword.resetAfter"] = ("5 to", "`wrongPassword.attempts` to"),
        ["customerPin.cards"] = ("to 9", "to `customerPin.wrongPins`"),
    };

    public static IEnumerable<PolicyKey> Of(PolicySection section) =>
        ShapeOf(section)
            .Properties.Select(property =>
            {
                var key = $"{section.Name}.{property.Name}";
                var member = (PropertyInfo?)property.AttributeProvider;
                return new PolicyKey(
                    key,
                    TypeOf(property.PropertyType) + (property.IsSetNullable ? ", or nothing" : ""),
                    section.Shape.Kind == JsonTypeInfoKind.Object ? Range(section, property) : "",
                    member is null ? "" : DocComments.Of(member),
                    [.. Presets.Names.Select(p => Value(section, Presets.Of(p), property.Name))]
                );
            });

    /// <summary>What a value is set to, as one would write it.</summary>
    public static string Value(PolicySection section, Policy policy, string property) =>
        section.ToJson(policy) is JsonObject fields
            ? fields[property] switch
            {
                null => "none",
                JsonValue value when value.GetValueKind() == JsonValueKind.String => Short(
                    value.GetValue<string>()
                ),
                { } other => other.ToJsonString(),
            }
            : "none";

    /// <summary>A section that is a list has the keys of its entries.</summary>
    public static JsonTypeInfo ShapeOf(PolicySection section) =>
        section.Shape.Kind == JsonTypeInfoKind.Object
            ? section.Shape
            : section.Shape.Options.GetTypeInfo(section.Shape.ElementType!);

    private static string TypeOf(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain switch
        {
            _ when plain.IsGenericType => $"list: {TypeOf(plain.GetGenericArguments()[0])}",
            _ when plain == typeof(string) => "text",
            _ when plain == typeof(TimeSpan) => "duration",
            _ when plain == typeof(TimeOnly) => "time of day",
            _ when plain == typeof(double) => "number",
            _ when plain == typeof(bool) => "`true` or `false`",
            { IsEnum: true } => string.Join(
                ", ",
                Enum.GetNames(plain)
                    .Select(n => $"`{JsonNamingPolicy.SnakeCaseLower.ConvertName(n)}`")
            ),
            _ => "whole number",
        };
    }

    private static string Range(PolicySection section, JsonPropertyInfo property)
    {
        var key = $"{section.Name}.{property.Name}";
        var said = Probes
            .Select(probe => Refusal(section, property.Name, probe, key))
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .ToList();
        if (
            property.PropertyType == typeof(TimeSpan)
            && Refusal(section, property.Name, "PT0S", key) is null
        )
        {
            said =
            [
                .. said.Select(s =>
                    s.Replace("above zero and", "PT0S or more,", StringComparison.Ordinal)
                ),
            ];
        }
        var range = string.Join("; ", said);
        return Bounds.TryGetValue(key, out var bound)
            ? range.Replace(bound.Number, bound.Key, StringComparison.Ordinal)
            : range;
    }

    private static string? Refusal(
        PolicySection section,
        string property,
        JsonNode probe,
        string key
    )
    {
        var given = new JsonObject { [property] = probe.DeepClone() };
        try
        {
            var policy = section.Over(
                Policy.Default,
                JsonSerializer.Deserialize<JsonElement>(given.ToJsonString())
            );
            return PolicyLimits.Check(policy) is { } refusal && refusal.Field == key
                ? Limit().Match(refusal.Detail).Groups["limit"].Value
                : null;
        }
        // A probe of another type than the key's.
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Short(string text) =>
        text.EndsWith(":00", StringComparison.Ordinal) && text.Length == 8 ? text[..5] : text;

    [GeneratedRegex(
        @"(must be|takes) (?<limit>.*?)\.?$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Limit();
}
