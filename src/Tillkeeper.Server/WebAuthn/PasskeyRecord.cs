using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Identity;

namespace Tillkeeper.Server.WebAuthn;

/// <summary>The public half of a passkey and what its authenticator said of itself (WebAuthn Level 3, credential record).</summary>
/// <param name="Credential">Base64 of the credential's id, as are <paramref name="PublicKey"/> the bytes of its COSE key.</param>
internal sealed record PasskeyRecord(
    string Credential,
    string PublicKey,
    IReadOnlyList<string> Transports,
    bool UserVerified,
    bool BackupEligible
)
{
    /// <summary>What is kept of a passkey that was just made.</summary>
    public static PasskeyRecord Of(UserPasskeyInfo made) =>
        new(
            Convert.ToBase64String(made.CredentialId),
            Convert.ToBase64String(made.PublicKey),
            made.Transports ?? [],
            made.IsUserVerified,
            made.IsBackupEligible
        );

    /// <summary>As the framework wants it for verifying.</summary>
    public UserPasskeyInfo Info(DateTimeOffset since, long signCount, bool backedUp) =>
        new(
            Convert.FromBase64String(Credential),
            Convert.FromBase64String(PublicKey),
            since,
            (uint)signCount,
            [.. Transports],
            UserVerified,
            BackupEligible,
            backedUp,
            attestationObject: [],
            clientDataJson: []
        );
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PasskeyRecord))]
internal sealed partial class PasskeyRecordJson : JsonSerializerContext;
