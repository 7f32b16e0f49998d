using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Tillkeeper.Core;

namespace Tillkeeper.Server.Pki;

/// <summary>
/// Tells which terminal a client certificate stands for: only one that our own CA issued to a terminal counts. Downloads
/// nothing and asks no other trust store. Safe for concurrent use; meant to be called once a connection.
/// </summary>
internal sealed class TerminalCertificateReader(CertificateAuthority ca, TimeProvider time)
{
    /// <summary>How far in the future a certificate may begin: another replica's clock may be ahead of ours.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromDays(1);

    /// <returns>The terminal, or the refusal <c>certificate_unknown</c> (unauthenticated).</returns>
    public (TerminalCertificate? Certificate, Refusal? Refusal) Read(X509Certificate2 presented)
    {
        if (!IsGenuine(presented))
        {
            return (null, Unknown("It was not issued to a terminal by this server."));
        }
        if (TerminalName.Read(presented.SubjectName) is not { } name)
        {
            return (null, Unknown("It does not name a terminal."));
        }
        var now = time.GetUtcNow();
        if (CertificateFields.From(presented) - now > ClockTolerance)
        {
            return (null, Unknown("It is not valid yet: check the server's clock."));
        }
        var notAfter = CertificateFields.To(presented);
        var terminal = new TerminalCertificate(
            name.TerminalId,
            name.Epoch,
            CertificateFields.SerialText(presented),
            CertificateFields.KeyHash(presented.PublicKey),
            notAfter,
            now > notAfter ? CertificateStatus.Expired : CertificateStatus.Valid
        );
        return (terminal, null);
    }

    private bool IsGenuine(X509Certificate2 presented)
    {
        try
        {
            // Ours first: what a stranger wrote into a certificate is hardly read.
            return IsIssuedByOurs(presented) && IsForTerminals(presented);
        }
        catch (CryptographicException)
        {
            // A field that cannot be decoded: anyone can present such a certificate, so it is no fault of ours.
            return false;
        }
    }

    /// <summary>
    /// An absent extension allows everything in X.509, so each must be there and say exactly what is written into terminals'
    /// certificates.
    /// </summary>
    private static bool IsForTerminals(X509Certificate2 certificate) =>
        certificate.SignatureAlgorithm.Value == Oids.EcdsaWithSha256
        && TerminalKey.ReadP256(certificate.PublicKey) is not null
        && Single<X509BasicConstraintsExtension>(certificate) is { CertificateAuthority: false }
        && Single<X509KeyUsageExtension>(certificate)
            is { KeyUsages: X509KeyUsageFlags.DigitalSignature }
        && Single<X509EnhancedKeyUsageExtension>(certificate)
            is { EnhancedKeyUsages: [{ Value: Oids.ClientAuth }] };

    private static T? Single<T>(X509Certificate2 certificate)
        where T : X509Extension =>
        certificate.Extensions.OfType<T>().ToArray() is [var only] ? only : null;

    private bool IsIssuedByOurs(X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        var policy = chain.ChainPolicy;
        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        policy.CustomTrustStore.Add(ca.Certificate);
        policy.RevocationMode = X509RevocationMode.NoCheck;
        policy.DisableCertificateDownloads = true;
        policy.ApplicationPolicy.Add(new Oid(Oids.ClientAuth));
        // Time is judged apart, so that a certificate of which only the time is wrong can be told from a false one.
        policy.VerificationTime = certificate.NotBefore.ToUniversalTime();
        return chain.Build(certificate)
            && chain.ChainElements is [_, var root]
            && root.Certificate.RawDataMemory.Span.SequenceEqual(ca.Certificate.RawDataMemory.Span);
    }

    private static Refusal Unknown(string detail) =>
        new(
            RefusalKind.Unauthenticated,
            "certificate_unknown",
            $"The client certificate is not accepted. {detail}"
        );
}
