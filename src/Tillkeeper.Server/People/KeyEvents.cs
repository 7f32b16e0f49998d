using System.Text.Json.Serialization;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Server.People;

/// <summary>Something that happened to an API key.</summary>
internal interface IKeyEvent;

/// <param name="Person">Whose further key it is; null when it is somebody's first, whose id names the person from then on.</param>
/// <param name="SecretHash">Lower-case hex of SHA-256 of the secret half; the secret is shown once and kept nowhere.</param>
internal sealed record KeyCreated(
    string Key,
    string Name,
    Role Role,
    string Place,
    string SecretHash,
    string? Person = null
) : IKeyEvent;

internal sealed record KeyRevoked : IKeyEvent;

/// <summary>The fold of a key.</summary>
internal sealed record KeyState(
    string Id = "",
    string Place = "",
    bool Revoked = false,
    string? Person = null
)
{
    /// <summary>The human behind it, whatever key they use.</summary>
    [JsonIgnore]
    public string Holder => Person ?? Id;

    public static KeyState Apply(KeyState state, IKeyEvent happened) =>
        happened switch
        {
            KeyCreated e => new KeyState(e.Key, e.Place, Person: e.Person),
            KeyRevoked => state with { Revoked = true },
            _ => throw new InvalidOperationException(
                $"The fold does not know {happened.GetType().Name}."
            ),
        };
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(KeyState))]
[JsonSerializable(typeof(KeyCreated))]
[JsonSerializable(typeof(KeyRevoked))]
internal sealed partial class KeyJson : JsonSerializerContext;

/// <summary>Names of the events of keys.</summary>
internal static class KeyEvents
{
    public static EventCatalogue Catalogue { get; } =
        new(
            ("key.created.v1", KeyJson.Default.KeyCreated),
            ("key.revoked.v1", KeyJson.Default.KeyRevoked)
        );
}
