using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Tillkeeper.Server.Pki;

/// <summary>What certificates of every kind have in common here.</summary>
internal static class CertificateFields
{
    /// <summary>How long before its issue a certificate is good, for clocks that are behind.</summary>
    public static TimeSpan Backdate { get; } = TimeSpan.FromDays(1);

    /// <summary>16 random bytes, positive and of constant length (RFC 5280 4.1.2.2).</summary>
    public static byte[] RandomSerial()
    {
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] = (byte)((serial[0] & 0x3F) | 0x40);
        return serial;
    }

    public static DateTimeOffset From(X509Certificate2 certificate) =>
        new DateTimeOffset(certificate.NotBefore).ToUniversalTime();

    public static DateTimeOffset To(X509Certificate2 certificate) =>
        new DateTimeOffset(certificate.NotAfter).ToUniversalTime();

    public static string SerialText(X509Certificate2 certificate) =>
        Convert.ToHexStringLower(certificate.SerialNumberBytes.Span);

    /// <summary>SHA-256 of the SubjectPublicKeyInfo, 64 hexadecimal digits: what a key is known by.</summary>
    public static string KeyHash(PublicKey key) =>
        Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()));

    /// <summary>An end entity's certificate for one use alone.</summary>
    public static CertificateRequest EndEntity(
        X500DistinguishedName subject,
        PublicKey key,
        string use
    )
    {
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        var extensions = request.CertificateExtensions;
        extensions.Add(X509BasicConstraintsExtension.CreateForEndEntity(critical: true));
        extensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true)
        );
        extensions.Add(new X509EnhancedKeyUsageExtension(Oids.Only(use), critical: true));
        extensions.Add(new X509SubjectKeyIdentifierExtension(key, critical: false));
        return request;
    }
}
