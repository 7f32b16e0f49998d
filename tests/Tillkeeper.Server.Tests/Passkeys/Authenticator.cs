using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Tillkeeper.Server.Tests.Passkeys;

/// <summary>An authenticator in a few lines (WebAuthn Level 3, ES256, no attestation): does what it is told, also what it should not.</summary>
internal sealed class Authenticator : IDisposable
{
    private const byte Present = 0x01;
    private const byte Verified = 0x04;
    private const byte HasKey = 0x40;
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] id = RandomNumberGenerator.GetBytes(32);

    public string Origin { get; set; } = "https://localhost:8443";
    public string Domain { get; set; } = "localhost";

    /// <summary>False: somebody touched it, but gave neither finger nor PIN.</summary>
    public bool Verifies { get; set; } = true;
    public uint Count { get; set; }

    /// <summary>False: as those that are copied between somebody's devices, whose count is always nought.</summary>
    public bool Counts { get; set; } = true;

    /// <summary>Whom the passkey is for, as the device was told; it says so when nobody has typed a name.</summary>
    public string? Handle { get; set; }

    public object Create(JsonElement options)
    {
        Handle = options.GetProperty("user").GetProperty("id").GetString();
        var client = ClientData("webauthn.create", options);
        var point = key.ExportParameters(false).Q;
        // COSE key, CTAP2 canonical form: {1: 2, 3: -7, -1: 1, -2: x, -3: y}.
        byte[] cose =
        [
            0xA5,
            1,
            2,
            3,
            0x26,
            0x20,
            1,
            0x21,
            0x58,
            32,
            .. point.X!,
            0x22,
            0x58,
            32,
            .. point.Y!,
        ];
        byte[] data = [.. Data(HasKey), .. new byte[16], 0, (byte)id.Length, .. id, .. cose];
        byte[] attestation =
        [
            0xA3,
            0x63,
            .. "fmt"u8,
            0x64,
            .. "none"u8,
            0x67,
            .. "attStmt"u8,
            0xA0,
            0x68,
            .. "authData"u8,
            0x58,
            (byte)data.Length,
            .. data,
        ];
        return Credential(
            new
            {
                clientDataJSON = Text(client),
                attestationObject = Text(attestation),
                transports = new[] { "internal" },
            }
        );
    }

    public object Get(JsonElement options)
    {
        Count += Counts ? 1u : 0;
        var client = ClientData("webauthn.get", options);
        var data = Data(0);
        var signature = key.SignData(
            [.. data, .. SHA256.HashData(client)],
            HashAlgorithmName.SHA256,
            DSASignatureFormat.Rfc3279DerSequence
        );
        return Credential(
            new
            {
                clientDataJSON = Text(client),
                authenticatorData = Text(data),
                signature = Text(signature),
                userHandle = Handle,
            }
        );
    }

    public void Dispose() => key.Dispose();

    private byte[] ClientData(string type, JsonElement options) =>
        Encoding.UTF8.GetBytes(
            JsonSerializer.Serialize(
                new
                {
                    type,
                    challenge = options.GetProperty("challenge").GetString(),
                    origin = Origin,
                    crossOrigin = false,
                }
            )
        );

    private byte[] Data(byte more)
    {
        var count = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(count, Count);
        var flags = (byte)(Present | more | (Verifies ? Verified : 0));
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes(Domain)), flags, .. count];
    }

    private object Credential(object response) =>
        new
        {
            id = Text(id),
            rawId = Text(id),
            type = "public-key",
            clientExtensionResults = new { },
            response,
        };

    private static string Text(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);
}
