using System.Text.Json;
using System.Text.Json.Serialization;
using Tillkeeper.Core.Policies;

namespace Tillkeeper.Core.Serialization;

/// <summary>
/// Policies in JSON: what is left out has its default. A policy written by an older server says nothing of newer rules, and the
/// generated reader would take that for zero.
/// </summary>
public sealed class PolicyJson : JsonConverter<Policy>
{
    public override Policy Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    )
    {
        var given = JsonElement.ParseValue(ref reader);
        if (given.ValueKind != JsonValueKind.Object)
        {
            throw new JsonException("expected a policy");
        }
        var policy = given.TryGetProperty("version", out var version)
            ? Policy.Default with
            {
                Version = version.Deserialize(CoreJson.Default.Int64),
            }
            : Policy.Default;
        foreach (var section in PolicySections.All)
        {
            if (given.TryGetProperty(section.Name, out var part))
            {
                policy = section.Over(policy, part);
            }
        }
        return policy;
    }

    public override void Write(Utf8JsonWriter writer, Policy value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteNumber("version", value.Version);
        foreach (var section in PolicySections.All)
        {
            section.Write(writer, value);
        }
        writer.WriteEndObject();
    }
}
