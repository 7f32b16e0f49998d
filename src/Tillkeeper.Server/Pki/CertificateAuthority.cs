using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Tillkeeper.Server.Secrets;

namespace Tillkeeper.Server.Pki;

/// <summary>
/// The server's own certificate authority: it vouches for the server to terminals and people, for terminals to the server,
/// and for the keys that sign orders. Each certificate is good for one of these uses only. Safe for concurrent use.
/// </summary>
internal sealed class CertificateAuthority : IDisposable
{
    private const string SecretName = "ca";
    private readonly TimeProvider time;
    private readonly SigningKey key;

    private CertificateAuthority(X509Certificate2 certificate, SigningKey key, TimeProvider time)
    {
        Certificate = certificate;
        this.key = key;
        this.time = time;
        CaPem = certificate.ExportCertificatePem() + "\n";
    }

    /// <summary>The CA's certificate, without its private key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>The same as PEM, for whoever must trust it.</summary>
    public string CaPem { get; }

    /// <summary>Loads the CA, or makes it on the first start.</summary>
    /// <exception cref="SecretsUnusableException">The master key is not the one the CA was sealed with.</exception>
    public static CertificateAuthority LoadOrCreate(
        ISealedStore store,
        IKeys keys,
        TimeProvider time
    )
    {
        var pem = Encoding.ASCII.GetString(
            new Vault(store, keys).FindOrAdd(
                SecretName,
                () => CaCertificate.Create(time.GetUtcNow())
            )
        );
        using var both = X509Certificate2.CreateFromPem(pem, pem);
        using var privateKey = both.GetECDsaPrivateKey()!;
        return new CertificateAuthority(
            X509CertificateLoader.LoadCertificate(both.RawData),
            new SigningKey(privateKey.ExportPkcs8PrivateKey()),
            time
        );
    }

    /// <summary>
    /// A server certificate with a new private key, for a year. The key is kept nowhere else: every start may issue its own.
    /// </summary>
    public X509Certificate2 IssueServer(IEnumerable<string> dnsNamesOrIps)
    {
        var names = new SubjectAlternativeNameBuilder();
        foreach (var name in dnsNamesOrIps.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (IPAddress.TryParse(name, out var address))
            {
                names.AddIpAddress(address);
            }
            else
            {
                names.AddDnsName(name);
            }
        }
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = CertificateFields.EndEntity(
            new X500DistinguishedName("CN=Tillkeeper server"),
            new PublicKey(own),
            Oids.ServerAuth
        );
        request.CertificateExtensions.Add(names.Build());
        using var certificate = Issue(request);
        return certificate.CopyWithPrivateKey(own);
    }

    /// <summary>A terminal's certificate, for a year. It names the terminal and the epoch, whatever the request asked for.</summary>
    public IssuedCertificate IssueTerminal(string terminalId, int epoch, TerminalKey terminalKey)
    {
        var subject = new TerminalName(terminalId, epoch);
        using var certificate = Issue(
            CertificateFields.EndEntity(
                subject.ToDistinguishedName(),
                terminalKey.PublicKey,
                Oids.ClientAuth
            )
        );
        return new IssuedCertificate(
            certificate.ExportCertificatePem() + "\n",
            CertificateFields.SerialText(certificate),
            terminalKey.KeyHash,
            CertificateFields.To(certificate)
        );
    }

    /// <summary>ES256 by the CA's key, for key sets.</summary>
    public byte[] Sign(byte[] data) => key.Sign(data);

    public void Dispose()
    {
        Certificate.Dispose();
        key.Dispose();
    }

    private X509Certificate2 Issue(CertificateRequest request)
    {
        var now = time.GetUtcNow();
        var caFrom = CertificateFields.From(Certificate);
        var caTo = CertificateFields.To(Certificate);
        var from = now - CertificateFields.Backdate;
        var to = now.AddYears(1);
        request.CertificateExtensions.Add(
            X509AuthorityKeyIdentifierExtension.CreateFromCertificate(
                Certificate,
                includeKeyIdentifier: true,
                includeIssuerAndSerial: false
            )
        );
        return key.Use(ca =>
            request.Create(
                Certificate.SubjectName,
                X509SignatureGenerator.CreateForECDsa(ca),
                from < caFrom ? caFrom : from,
                to > caTo ? caTo : to,
                CertificateFields.RandomSerial()
            )
        );
    }
}
