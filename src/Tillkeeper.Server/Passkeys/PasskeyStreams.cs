using System.Text.Json;
using System.Text.Json.Serialization;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.WebAuthn;

namespace Tillkeeper.Server.Passkeys;

/// <summary>Something that happened to a passkey.</summary>
internal interface IPasskeyEvent;

/// <param name="Person">Whose it is; <paramref name="Place"/> where they stand.</param>
internal sealed record PasskeyEnrolled(
    string Passkey,
    string Person,
    string Place,
    string Name,
    PasskeyRecord Record,
    long SignCount,
    bool BackedUp
) : IPasskeyEvent;

/// <summary>Somebody of the provider has called back: it was the owner who enrolled it.</summary>
internal sealed record PasskeyConfirmed(string Person, string Reason) : IPasskeyEvent;

internal sealed record PasskeyUsed(long SignCount, bool BackedUp, string Terminal, string LockId)
    : IPasskeyEvent;

internal sealed record PasskeyRemoved : IPasskeyEvent;

[JsonConverter(typeof(SnakeCaseEnum<PasskeyStatus>))]
internal enum PasskeyStatus
{
    None,
    Unconfirmed,
    Confirmed,
    Removed,
}

/// <summary>The fold of a passkey.</summary>
internal sealed record PasskeyState(
    string Person = "",
    string Place = "",
    PasskeyStatus Status = PasskeyStatus.None,
    long SignCount = 0
)
{
    public static PasskeyState Apply(PasskeyState state, IPasskeyEvent happened) =>
        happened switch
        {
            PasskeyEnrolled e => new(e.Person, e.Place, PasskeyStatus.Unconfirmed, e.SignCount),
            PasskeyConfirmed => state with { Status = PasskeyStatus.Confirmed },
            PasskeyUsed e => state with { SignCount = e.SignCount },
            PasskeyRemoved => state with { Status = PasskeyStatus.Removed },
            _ => throw new InvalidOperationException(
                $"The fold does not know {happened.GetType().Name}."
            ),
        };
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(UtcTimeJson)]
)]
[JsonSerializable(typeof(PasskeyState))]
[JsonSerializable(typeof(PasskeyEnrolled))]
[JsonSerializable(typeof(PasskeyConfirmed))]
[JsonSerializable(typeof(PasskeyUsed))]
[JsonSerializable(typeof(PasskeyRemoved))]
internal sealed partial class PasskeyJson : JsonSerializerContext;

/// <summary>Streams of passkeys and the view <c>passkeys</c>.</summary>
internal static class PasskeyStreams
{
    public static StreamKind<PasskeyState, IPasskeyEvent> Kind { get; } =
        new(
            "passkey",
            new EventCatalogue(
                ("passkey.enrolled.v1", PasskeyJson.Default.PasskeyEnrolled),
                ("passkey.confirmed.v1", PasskeyJson.Default.PasskeyConfirmed),
                ("passkey.used.v1", PasskeyJson.Default.PasskeyUsed),
                ("passkey.removed.v1", PasskeyJson.Default.PasskeyRemoved)
            ),
            PasskeyJson.Default.PasskeyState,
            new PasskeyState(),
            PasskeyState.Apply,
            Project
        );

    private static void Project(Views views, Projection<PasskeyState, IPasskeyEvent> p)
    {
        switch (p.Happened)
        {
            case PasskeyEnrolled e:
                views.Write(
                    "INSERT INTO passkeys VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
                    e.Passkey,
                    e.Person,
                    e.Place,
                    e.Name,
                    Words.Of(p.After.Status),
                    Convert.FromBase64String(e.Record.Credential),
                    JsonSerializer.Serialize(e.Record, PasskeyRecordJson.Default.PasskeyRecord),
                    e.SignCount,
                    e.BackedUp ? 1 : 0,
                    p.At.ToUnixTimeMilliseconds()
                );
                break;
            case PasskeyUsed e:
                views.Write(
                    "UPDATE passkeys SET sign_count = $2, backed_up = $3 WHERE id = $1",
                    p.Id,
                    e.SignCount,
                    e.BackedUp ? 1 : 0
                );
                break;
            case PasskeyConfirmed:
                views.Write(
                    "UPDATE passkeys SET status = $2 WHERE id = $1",
                    p.Id,
                    Words.Of(p.After.Status)
                );
                break;
            case PasskeyRemoved:
                views.Write("DELETE FROM passkeys WHERE id = $1", p.Id);
                break;
        }
    }
}
