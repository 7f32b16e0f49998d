using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Tillkeeper.Core.Orders;

/// <summary>
/// JSON Web Signature, compact serialization, ES256 only (RFC 7515, RFC 7518 3.4). The header is exactly
/// <c>{"alg":"ES256","kid":...,"typ":...}</c>; anything else, <c>crit</c> and <c>none</c> included, is refused.
/// </summary>
public sealed record Jws(
    string Kid,
    string Typ,
    byte[] Payload,
    byte[] SigningInput,
    byte[] Signature
)
{
    /// <summary>Longest text accepted, in characters: bounds what is allocated before the signature is checked.</summary>
    public const int LongestText = 48 * 1024;
    private const int SignatureBytes = 64;

    /// <summary>The bytes that are signed: <c>base64url(header) "." base64url(payload)</c>.</summary>
    public static byte[] InputFor(string kid, string typ, ReadOnlySpan<byte> payload)
    {
        var header = Encoding.UTF8.GetBytes(
            $"{{\"alg\":\"ES256\",\"kid\":\"{JsonEncodedText.Encode(kid)}\",\"typ\":\"{JsonEncodedText.Encode(typ)}\"}}"
        );
        return Encoding.ASCII.GetBytes(
            Base64Url.EncodeToString(header) + "." + Base64Url.EncodeToString(payload)
        );
    }

    /// <summary>Joins what was signed and its signature (64 bytes, r then s).</summary>
    public static string Compose(ReadOnlySpan<byte> signingInput, ReadOnlySpan<byte> signature) =>
        Encoding.ASCII.GetString(signingInput) + "." + Base64Url.EncodeToString(signature);

    /// <summary>Takes a text apart without trusting any of it; null when it is not such a JWS.</summary>
    public static Jws? Parse(string? text)
    {
        if (
            text is null or { Length: > LongestText }
            || text.Split('.') is not [var head, var body, var tail]
        )
        {
            return null;
        }
        if (
            Decode(head) is not { } header
            || Decode(body) is not { } payload
            || Decode(tail) is not { } signature
        )
        {
            return null;
        }
        if (signature.Length != SignatureBytes || ReadHeader(header) is not var (kid, typ))
        {
            return null;
        }
        return new Jws(kid, typ, payload, Encoding.ASCII.GetBytes(head + "." + body), signature);
    }

    public bool IsSignedBy(ECDsa key) =>
        key.VerifyData(
            SigningInput,
            Signature,
            HashAlgorithmName.SHA256,
            DSASignatureFormat.IeeeP1363FixedFieldConcatenation
        );

    private static byte[]? Decode(string text)
    {
        if (!Base64Url.IsValid(text))
        {
            return null;
        }
        var bytes = Base64Url.DecodeFromChars(text);
        // One text, one meaning: no padding, no stray bits, so that a signature cannot be dressed up as another.
        return Base64Url.EncodeToString(bytes).Equals(text, StringComparison.Ordinal)
            ? bytes
            : null;
    }

    private static (string Kid, string Typ)? ReadHeader(byte[] header)
    {
        try
        {
            using var json = JsonDocument.Parse(header);
            var root = json.RootElement;
            return
                root.ValueKind == JsonValueKind.Object
                && root.EnumerateObject().Count() == 3
                && Text(root, "alg") == "ES256"
                && Text(root, "kid") is { Length: <= 64 } kid
                && Text(root, "typ") is { Length: <= 64 } typ
                ? (kid, typ)
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The latter: a string that is not UTF-8, found only when it is read.
            return null;
        }
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
