using System.Security.Cryptography;

namespace Tillkeeper.Server.Pki;

/// <summary>Object identifiers of RFC 5280 and RFC 5480 used here.</summary>
internal static class Oids
{
    public const string CommonName = "2.5.4.3";
    public const string OrganisationalUnit = "2.5.4.11";
    public const string EcPublicKey = "1.2.840.10045.2.1";
    public const string EcdsaWithSha256 = "1.2.840.10045.4.3.2";
    public const string ServerAuth = "1.3.6.1.5.5.7.3.1";
    public const string ClientAuth = "1.3.6.1.5.5.7.3.2";

    /// <summary>1.2.840.10045.3.1.7 (P-256) in DER.</summary>
    public static ReadOnlySpan<byte> P256Der => [6, 8, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 3, 1, 7];

    public static OidCollection Only(string oid) => [new Oid(oid)];
}
