using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Tillkeeper.Server.Tests.Pki;

/// <summary>
/// A terminal's certificate with one thing changed. As it stands it is right in every detail, so that whatever is refused
/// is refused for the change.
/// </summary>
internal sealed class Forgery(X509Certificate2 issuer, DateTimeOffset now) : IDisposable
{
    private readonly ECDsa key = PkiWorld.NewKey();

    public string Subject { get; init; } = $"CN={PkiWorld.Terminal},OU=epoch 1";
    public HashAlgorithmName Hash { get; init; } = HashAlgorithmName.SHA256;
    public X509Extension? Constraints { get; init; } =
        X509BasicConstraintsExtension.CreateForEndEntity(critical: true);
    public X509KeyUsageFlags? Usage { get; init; } = X509KeyUsageFlags.DigitalSignature;
    public string[]? Uses { get; init; } = ["1.3.6.1.5.5.7.3.2"];
    public DateTimeOffset From { get; init; } = now.AddDays(-1);
    public DateTimeOffset To { get; init; } = now.AddYears(1);

    public X509Certificate2 Make()
    {
        var request = new CertificateRequest(Subject, key, Hash);
        if (Constraints is not null)
        {
            request.CertificateExtensions.Add(Constraints);
        }
        if (Usage is { } usage)
        {
            request.CertificateExtensions.Add(new X509KeyUsageExtension(usage, critical: true));
        }
        if (Uses is not null)
        {
            OidCollection oids = [];
            foreach (var use in Uses)
            {
                oids.Add(new Oid(use));
            }
            request.CertificateExtensions.Add(
                new X509EnhancedKeyUsageExtension(oids, critical: true)
            );
        }
        using var signer = issuer.GetECDsaPrivateKey()!;
        return request.Create(
            issuer.SubjectName,
            Hash == HashAlgorithmName.SHA1
                ? new Sha1Generator(signer)
                : X509SignatureGenerator.CreateForECDsa(signer),
            From,
            To,
            RandomNumberGenerator.GetBytes(15)
        );
    }

    /// <summary>The same as its holder's TLS stack has it.</summary>
    public X509Certificate2 WithKey(X509Certificate2 made) => made.CopyWithPrivateKey(key);

    public void Dispose() => key.Dispose();
}

/// <summary>ECDSA with SHA-1, which .NET itself makes no longer.</summary>
internal sealed class Sha1Generator(ECDsa key) : X509SignatureGenerator
{
    protected override PublicKey BuildPublicKey() => new(key);

    /// <summary>SEQUENCE { OID 1.2.840.10045.4.1 }</summary>
    public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm) =>
        [0x30, 9, 6, 7, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 4, 1];

    public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm) =>
        key.SignData(data, HashAlgorithmName.SHA1, DSASignatureFormat.Rfc3279DerSequence);
}
