using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
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
        var (json, policy) = (CoreJson.Default, Policy.Default);
        return new Policy
        {
            Version = given.TryGetProperty("version", out var version)
                ? version.Deserialize(json.Int64)
                : policy.Version,
            WrongPassword = Over(
                given,
                "wrongPassword",
                policy.WrongPassword,
                json.WrongPasswordRule
            ),
            Passcode = Over(given, "passcode", policy.Passcode, json.PasscodeRule),
            Away = Over(given, "away", policy.Away, json.AwayRule),
            OfflineCode = Over(given, "offlineCode", policy.OfflineCode, json.OfflineCodeRule),
            Transaction = Over(given, "transaction", policy.Transaction, json.TransactionRule),
            Support = Over(given, "support", policy.Support, json.Support),
        };
    }

    public override void Write(Utf8JsonWriter writer, Policy value, JsonSerializerOptions options)
    {
        var json = CoreJson.Default;
        writer.WriteStartObject();
        writer.WriteNumber("version", value.Version);
        Part(writer, "wrongPassword", value.WrongPassword, json.WrongPasswordRule);
        Part(writer, "passcode", value.Passcode, json.PasscodeRule);
        Part(writer, "away", value.Away, json.AwayRule);
        Part(writer, "offlineCode", value.OfflineCode, json.OfflineCodeRule);
        Part(writer, "transaction", value.Transaction, json.TransactionRule);
        Part(writer, "support", value.Support, json.Support);
        writer.WriteEndObject();
    }

    private static T Over<T>(JsonElement policy, string name, T fallback, JsonTypeInfo<T> shape)
        where T : class
    {
        if (!policy.TryGetProperty(name, out var part))
        {
            return fallback;
        }
        if (part.ValueKind != JsonValueKind.Object)
        {
            throw new JsonException($"{name}: expected an object");
        }
        var whole = JsonSerializer.SerializeToNode(fallback, shape)!.AsObject();
        foreach (var given in part.EnumerateObject())
        {
            whole[given.Name] = JsonNode.Parse(given.Value.GetRawText());
        }
        return whole.Deserialize(shape)!;
    }

    private static void Part<T>(Utf8JsonWriter writer, string name, T value, JsonTypeInfo<T> shape)
    {
        writer.WritePropertyName(name);
        JsonSerializer.Serialize(writer, value, shape);
    }
}
