using System.Text.Json.Serialization;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Server.People;

/// <summary>Something that happened to an API key.</summary>
internal interface IKeyEvent;

/// <param name="SecretHash">Lower-case hex of SHA-256 of the secret half; the secret is shown once and kept nowhere.</param>
internal sealed record KeyCreated(
    string Key,
    string Name,
    Role Role,
    string Place,
    string SecretHash
) : IKeyEvent;

internal sealed record KeyRevoked : IKeyEvent;

/// <summary>The fold of a key.</summary>
internal sealed record KeyState(string Id = "", string Place = "", bool Revoked = false)
{
    public static KeyState Apply(KeyState state, IKeyEvent happened) =>
        happened switch
        {
            KeyCreated e => new KeyState(e.Key, e.Place),
            KeyRevoked => state with { Revoked = true },
            _ => throw new InvalidOperationException(
                $"The fold does not know {happened.GetType().Name}."
            ),
        };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
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
