using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Tillkeeper.Core;

namespace Tillkeeper.Server.Pki;

/// <summary>
/// The public key a terminal asks a certificate for, taken from a certificate signing request (PKCS#10, RFC 2986). The key
/// is all that is taken: names and extensions in the request are the terminal's wishes, and it has none.
/// </summary>
/// <param name="KeyHash">SHA-256 of the SubjectPublicKeyInfo, 64 hexadecimal digits, lower case.</param>
internal sealed record TerminalKey(PublicKey PublicKey, string KeyHash)
{
    /// <summary>Longest request read, in characters; one for P-256 has about 500.</summary>
    public const int LongestRequest = 8 * 1024;
    private const string Remedy =
        "Send a PKCS#10 request in PEM for a new P-256 key, signed by that key, as"
        + " 'openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout terminal.key -subj /CN=terminal' makes it.";

    /// <summary>Reads a request whose own signature proves that the terminal holds the private key.</summary>
    /// <returns>The key, or a refusal of the field <c>csr</c>.</returns>
    public static (TerminalKey? Key, Refusal? Refusal) Read(string? csr)
    {
        if (string.IsNullOrWhiteSpace(csr))
        {
            return (null, Bad("The request is missing."));
        }
        if (csr.Length > LongestRequest)
        {
            return (null, Bad($"The request is longer than {LongestRequest} characters."));
        }
        // The kind of key first: checking a signature costs what a stranger's key makes it cost.
        if (Load(csr, CertificateRequestLoadOptions.SkipSignatureValidation) is not { } request)
        {
            return (null, Bad("The request cannot be read."));
        }
        if (ReadP256(request.PublicKey) is not { } key)
        {
            return (null, Bad("The key in the request is not of the curve P-256."));
        }
        return Load(csr, CertificateRequestLoadOptions.Default) is null
            ? (null, Bad("The request is not signed by the key in it."))
            : (new TerminalKey(key, CertificateFields.KeyHash(key)), null);
    }

    private static CertificateRequest? Load(string csr, CertificateRequestLoadOptions options)
    {
        try
        {
            return CertificateRequest.LoadSigningRequestPem(csr, HashAlgorithmName.SHA256, options);
        }
        catch (Exception e)
            when (e is CryptographicException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>
    /// The key written in one way only, so that one key has one hash; null when it is not a point of P-256. A curve spelt out instead of
    /// named is refused unread: with a generator of one's own any signature verifies (CVE-2020-0601).
    /// </summary>
    internal static PublicKey? ReadP256(PublicKey key)
    {
        if (
            key.Oid.Value != Oids.EcPublicKey
            || key.EncodedParameters?.RawData.AsSpan().SequenceEqual(Oids.P256Der) is not true
        )
        {
            return null;
        }
        try
        {
            using var ec = key.GetECDsaPublicKey();
            return ec is null ? null : new PublicKey(ec);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static Refusal Bad(string problem) => Refusal.Invalid("csr", $"{problem} {Remedy}");
}
