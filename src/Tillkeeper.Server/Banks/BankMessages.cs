using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Tillkeeper.Core;
using Tillkeeper.Core.Orders;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Server.Banks;

/// <summary>A bank as it is on record: where it is, and what it signs with.</summary>
internal sealed record Bank(string Id, string Name, string Url, string Kid, byte[] PublicKey);

/// <summary>What the bank is asked to show its customer. Signed by the server, JWS ES256, <see cref="Typ"/>.</summary>
/// <param name="Text">What the app shows, by language, unaltered.</param>
internal sealed record RequestMessage(
    string Iss,
    string Aud,
    string Request,
    string Nonce,
    string Reference,
    string Terminal,
    string Serial,
    OwnerAction Action,
    IReadOnlyList<string> Locks,
    IReadOnlyDictionary<string, string> Text,
    DateTimeOffset Iat,
    DateTimeOffset Exp
)
{
    public const string Typ = "tillkeeper-bank-request";
}

/// <summary>What every message of a bank says of itself.</summary>
internal interface IBankMessage
{
    string Iss { get; }
    string Aud { get; }
    DateTimeOffset Iat { get; }
    DateTimeOffset Exp { get; }
}

/// <summary>The customer looks at the terminals bound to a card.</summary>
internal sealed record StateMessage(
    string Iss,
    string Aud,
    DateTimeOffset Iat,
    DateTimeOffset Exp,
    string Reference
) : IBankMessage
{
    public const string Typ = "tillkeeper-bank-state";
}

/// <summary>The customer wants something done and is to be asked for confirmation.</summary>
internal sealed record WishMessage(
    string Iss,
    string Aud,
    DateTimeOffset Iat,
    DateTimeOffset Exp,
    string Reference,
    string Terminal,
    OwnerAction Action,
    IReadOnlyList<string> Locks
) : IBankMessage
{
    public const string Typ = "tillkeeper-bank-wish";
}

/// <summary>The customer has answered a request.</summary>
internal sealed record AnswerMessage(
    string Iss,
    string Aud,
    DateTimeOffset Iat,
    DateTimeOffset Exp,
    string Reference,
    string Terminal,
    OwnerAction Action,
    IReadOnlyList<string> Locks,
    string Request,
    string Nonce,
    string TextDigest,
    bool Approved
) : IBankMessage
{
    public const string Typ = "tillkeeper-bank-answer";
}

/// <summary>Messages between server and banks: nothing in one is looked at before its signature is good.</summary>
internal static class BankMessages
{
    /// <summary>How the server names itself in messages.</summary>
    public const string Server = "tillkeeper";

    /// <summary>Longest life of a bank's message, and how far its clock may be ahead.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(1);

    /// <summary>The message, when this bank has signed it as one of this kind, for us, just now; else null.</summary>
    /// <param name="typ">One kind of message is never taken for another.</param>
    public static T? Open<T>(string? text, Bank bank, string typ, DateTimeOffset now)
        where T : class, IBankMessage
    {
        if (Jws.Parse(text) is not { } jws || jws.Typ != typ || jws.Kid != bank.Kid)
        {
            return null;
        }
        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(bank.PublicKey, out _);
        if (!jws.IsSignedBy(key))
        {
            return null;
        }
        try
        {
            return
                JsonSerializer.Deserialize(jws.Payload, typeof(T), BankMessageJson.Default)
                    is T said
                && said.Iss == bank.Id
                && said.Aud == Server
                && said.Iat <= now + Ahead
                && said.Exp > now
                && said.Exp - said.Iat <= Longest
                ? said
                : null;
        }
        catch (JsonException)
        {
            // Signed, but not what this route takes.
            return null;
        }
    }

    public static Refusal NotGenuine { get; } =
        new(
            RefusalKind.Unauthenticated,
            "bad_message",
            "Send a message of the kind that this address takes, signed with the bank's registered key (JWS ES256) within the last five minutes."
        );
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(UtcTimeJson)]
)]
[JsonSerializable(typeof(RequestMessage))]
[JsonSerializable(typeof(StateMessage))]
[JsonSerializable(typeof(WishMessage))]
[JsonSerializable(typeof(AnswerMessage))]
internal sealed partial class BankMessageJson : JsonSerializerContext;
