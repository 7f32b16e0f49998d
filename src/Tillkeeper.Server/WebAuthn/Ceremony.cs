using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Tillkeeper.Server.Secrets;

namespace Tillkeeper.Server.WebAuthn;

/// <summary>
/// What the server must know again when the authenticator has answered: sealed, and carried by the browser meanwhile, so that any replica
/// can go on. It is good for one person, one purpose and five minutes.
/// </summary>
/// <param name="Purpose">What the answer is for: an enrolment, one lock of one terminal, coming in with this browser.</param>
/// <param name="State">The framework's own, with the challenge in it.</param>
internal sealed record Ceremony(string Person, string Purpose, string State, DateTimeOffset Until)
{
    private const string Seal = "passkey-ceremony";
    private const int Longest = 4096;
    public static readonly TimeSpan Validity = TimeSpan.FromMinutes(5);

    public static string Begin(
        IKeys keys,
        string person,
        string purpose,
        string? state,
        DateTimeOffset now
    ) =>
        Base64Url.EncodeToString(
            keys.Seal(
                JsonSerializer.SerializeToUtf8Bytes(
                    new Ceremony(person, purpose, state ?? "", now + Validity),
                    CeremonyJson.Default.Ceremony
                ),
                Seal
            )
        );

    /// <summary>The framework's state; null when the text is not from here, not for this, or too old.</summary>
    public static string? End(
        IKeys keys,
        string? text,
        string person,
        string purpose,
        DateTimeOffset now
    )
    {
        if (text is null or { Length: > Longest } || !Base64Url.IsValid(text))
        {
            return null;
        }
        try
        {
            var ceremony = JsonSerializer.Deserialize(
                keys.Open(Base64Url.DecodeFromChars(text), Seal),
                CeremonyJson.Default.Ceremony
            )!;
            return ceremony.Person == person && ceremony.Purpose == purpose && now < ceremony.Until
                ? ceremony.State
                : null;
        }
        catch (CryptographicException)
        {
            // Altered, or sealed elsewhere.
            return null;
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Ceremony))]
internal sealed partial class CeremonyJson : JsonSerializerContext;
