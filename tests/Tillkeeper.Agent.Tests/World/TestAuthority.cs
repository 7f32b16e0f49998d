using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Tillkeeper.Core.Orders;

namespace Tillkeeper.Agent.Tests.World;

/// <summary>A provider's keys: a CA, its server's certificate, a key for orders.</summary>
internal sealed class TestAuthority : IDisposable
{
    private static readonly DateTimeOffset From = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly ECDsa caKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa orderKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public TestAuthority(string serverName = "localhost")
    {
        var request = new CertificateRequest("CN=test ca", caKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(true, false, 0, critical: true)
        );
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true)
        );
        Ca = request.CreateSelfSigned(From, From.AddYears(20));
        Server = Issue(serverName, "1.3.6.1.5.5.7.3.1");
        OrderKeys = Sign(
            KeySet.CaKid,
            KeySet.Typ,
            new KeySet(1, [PublicOrderKey("k1", orderKey)]).ToPayload(),
            caKey
        );
    }

    public X509Certificate2 Ca { get; }
    public X509Certificate2 Server { get; set; }
    public string OrderKeys { get; }

    public string Order(Order order) =>
        Sign("k1", OrderEnvelope.Typ, OrderEnvelope.ToPayload(order), orderKey);

    public string Time(string terminal, string nonce, DateTimeOffset now) =>
        Sign("k1", SignedTime.Typ, new SignedTime(terminal, nonce, now).ToPayload(), orderKey);

    /// <summary>A key set with one more key, for rotation.</summary>
    public string KeySetWith(long version, string kid, ECDsa key) =>
        Sign(
            KeySet.CaKid,
            KeySet.Typ,
            new KeySet(version, [PublicOrderKey(kid, key)]).ToPayload(),
            caKey
        );

    public static string Sign(string kid, string typ, byte[] payload, ECDsa key)
    {
        var input = Jws.InputFor(kid, typ, payload);
        return Jws.Compose(
            input,
            key.SignData(
                input,
                HashAlgorithmName.SHA256,
                DSASignatureFormat.IeeeP1363FixedFieldConcatenation
            )
        );
    }

    /// <summary>A certificate for the key of a signing request.</summary>
    public X509Certificate2 Certify(string csr, DateTimeOffset from, DateTimeOffset until)
    {
        var asked = CertificateRequest.LoadSigningRequestPem(csr, HashAlgorithmName.SHA256);
        var request = new CertificateRequest(
            new X500DistinguishedName("CN=terminal"),
            asked.PublicKey,
            HashAlgorithmName.SHA256
        );
        request.CertificateExtensions.Add(Use("1.3.6.1.5.5.7.3.2"));
        return Sign(request, from, until);
    }

    /// <summary>A server's certificate, good for one year from <paramref name="from"/>, or for long.</summary>
    public X509Certificate2 Issue(string name, string use, DateTimeOffset? from = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(Use(use));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        using var bare = from is { } start
            ? Sign(request, start, start.AddYears(1))
            : Sign(request, From, From.AddYears(15));
        return bare.CopyWithPrivateKey(key);
    }

    public void Dispose()
    {
        Ca.Dispose();
        Server.Dispose();
        caKey.Dispose();
        orderKey.Dispose();
    }

    private static OrderKey PublicOrderKey(string kid, ECDsa key)
    {
        var point = key.ExportParameters(false).Q;
        return new OrderKey(
            kid,
            System.Buffers.Text.Base64Url.EncodeToString(point.X),
            System.Buffers.Text.Base64Url.EncodeToString(point.Y)
        );
    }

    private static X509EnhancedKeyUsageExtension Use(string use) => new([new Oid(use)], true);

    private X509Certificate2 Sign(
        CertificateRequest request,
        DateTimeOffset from,
        DateTimeOffset until
    ) =>
        request.Create(
            Ca.SubjectName,
            X509SignatureGenerator.CreateForECDsa(caKey),
            from,
            until,
            RandomNumberGenerator.GetBytes(12)
        );
}
