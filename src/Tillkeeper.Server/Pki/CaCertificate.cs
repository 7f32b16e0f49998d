using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Tillkeeper.Server.Pki;

/// <summary>Makes the CA: P-256, ten years, may sign end entities' certificates and nothing below them.</summary>
internal static class CaCertificate
{
    private const int Years = 10;

    /// <summary>Certificate and private key (PKCS#8) as PEM, one after the other: one secret, so that neither is ever without the other.</summary>
    public static byte[] Create(DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var publicKey = new PublicKey(key);
        var request = new CertificateRequest(
            new X500DistinguishedName(
                $"CN=Tillkeeper CA {CertificateFields.KeyHash(publicKey)[..8]}"
            ),
            key,
            HashAlgorithmName.SHA256
        );
        var extensions = request.CertificateExtensions;
        extensions.Add(X509BasicConstraintsExtension.CreateForCertificateAuthority(0));
        extensions.Add(
            new X509KeyUsageExtension(
                X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign,
                critical: true
            )
        );
        extensions.Add(new X509SubjectKeyIdentifierExtension(publicKey, critical: false));
        using var certificate = request.Create(
            request.SubjectName,
            X509SignatureGenerator.CreateForECDsa(key),
            now - CertificateFields.Backdate,
            now.AddYears(Years),
            CertificateFields.RandomSerial()
        );
        return Encoding.ASCII.GetBytes(
            $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n"
        );
    }
}
