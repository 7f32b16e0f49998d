using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Core.Orders;

/// <summary>A public key that signs orders: P-256, coordinates base64url (RFC 7517, RFC 7518 6.2).</summary>
public sealed record OrderKey(string Kid, string X, string Y)
{
    public string Kty => "EC";
    public string Crv => "P-256";

    private const int CoordinateBytes = 32;

    /// <summary>The key for verification; null when the coordinates are not a point of P-256.</summary>
    public ECDsa? ToEcdsa()
    {
        if (!Base64Url.IsValid(X) || !Base64Url.IsValid(Y))
        {
            return null;
        }
        try
        {
            var point = new ECPoint
            {
                X = Base64Url.DecodeFromChars(X),
                Y = Base64Url.DecodeFromChars(Y),
            };
            if (point is not { X.Length: CoordinateBytes, Y.Length: CoordinateBytes })
            {
                return null;
            }
            return ECDsa.Create(
                new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = point }
            );
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}

/// <summary>
/// The keys whose orders a terminal obeys. It travels as a JWS signed by the CA and has a version that never goes down at
/// a terminal, so that a stolen old key cannot be brought back.
/// </summary>
public sealed record KeySet(long Version, ImmutableArray<OrderKey> Keys)
{
    public const string Typ = "tillkeeper-keys+jws";
    public const string CaKid = "ca";
    private const int MostKeys = 8;

    /// <summary>Opens a key set that <paramref name="ca"/> signed; null for anything else.</summary>
    public static KeySet? Open(string? text, ECDsa ca)
    {
        if (Jws.Parse(text) is not { Typ: Typ, Kid: CaKid } jws || !jws.IsSignedBy(ca))
        {
            return null;
        }
        try
        {
            var set = JsonSerializer.Deserialize(jws.Payload, CoreJson.Default.KeySet);
            return
                set is { Keys: { IsDefault: false, Length: > 0 and <= MostKeys } keys }
                && keys.All(k => k is not null)
                && keys.DistinctBy(k => k.Kid, StringComparer.Ordinal).Count() == keys.Length
                ? set
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The bytes that the CA signs.</summary>
    public byte[] ToPayload() => JsonSerializer.SerializeToUtf8Bytes(this, CoreJson.Default.KeySet);

    public ECDsa? Find(string kid) => Keys.FirstOrDefault(k => k.Kid == kid)?.ToEcdsa();
}
