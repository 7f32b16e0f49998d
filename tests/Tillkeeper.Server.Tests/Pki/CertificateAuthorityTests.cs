using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Tillkeeper.Server.Pki;

namespace Tillkeeper.Server.Tests.Pki;

public sealed class CertificateAuthorityTests : IDisposable
{
    private readonly PkiWorld world = new();

    public void Dispose() => world.Dispose();

    [Fact]
    public void The_ca_may_sign_end_entities_for_ten_years_and_nothing_else()
    {
        using var ca = X509Certificate2.CreateFromPem(world.Ca.CaPem);

        Assert.Matches("^CN=Tillkeeper CA [0-9a-f]{8}$", ca.Subject);
        Assert.Equal(world.Time.Now.AddYears(10), Utc(ca.NotAfter));
        Assert.Equal(world.Time.Now.AddDays(-1), Utc(ca.NotBefore));
        var constraints = ca.Extensions.OfType<X509BasicConstraintsExtension>().Single();
        Assert.True(constraints.Critical && constraints.CertificateAuthority);
        Assert.Equal(
            (true, 0),
            (constraints.HasPathLengthConstraint, constraints.PathLengthConstraint)
        );
        var usage = ca.Extensions.OfType<X509KeyUsageExtension>().Single();
        Assert.True(usage.Critical);
        Assert.Equal(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, usage.KeyUsages);
        Assert.Single(ca.Extensions.OfType<X509SubjectKeyIdentifierExtension>());
        Assert.False(ca.HasPrivateKey);
        Assert.False(world.Ca.Certificate.HasPrivateKey);
    }

    [Fact]
    public void A_restart_loads_the_same_ca()
    {
        using var again = world.LoadCa();
        Assert.Equal(world.Ca.CaPem, again.CaPem);

        using var key = PkiWorld.NewKey();
        var issued = again.IssueTerminal(PkiWorld.Terminal, 1, PkiWorld.KeyOf(key));
        using var certificate = X509Certificate2.CreateFromPem(issued.Pem);
        Assert.Null(world.Reader().Read(certificate).Refusal);
    }

    [Fact]
    public void The_private_key_is_in_the_store_only_sealed()
    {
        using var stolen = world.StolenCa();
        using var key = stolen.GetECDsaPrivateKey()!;
        var secret = key.ExportParameters(includePrivateParameters: true).D!;

        Assert.False(world.Store.Leaks(secret));
        Assert.False(world.Store.Leaks("PRIVATE KEY"u8.ToArray()));
    }

    [Fact]
    public void A_terminals_certificate_says_what_the_server_decides_and_only_that()
    {
        using var key = PkiWorld.NewKey();
        var request = new CertificateRequest(
            "CN=0000000000,OU=epoch 9,O=Bank",
            key,
            HashAlgorithmName.SHA256
        );
        request.CertificateExtensions.Add(
            X509BasicConstraintsExtension.CreateForCertificateAuthority()
        );
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true)
        );
        request.CertificateExtensions.Add(
            new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false)
        );
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("server.example");
        request.CertificateExtensions.Add(names.Build());

        var wish = TerminalKey.Read(request.CreateSigningRequestPem()).Key!;
        var issued = world.Ca.IssueTerminal(PkiWorld.Terminal, 2, wish);
        using var certificate = X509Certificate2.CreateFromPem(issued.Pem);

        Assert.Equal($"CN={PkiWorld.Terminal}, OU=epoch 2", certificate.Subject);
        Assert.False(
            certificate
                .Extensions.OfType<X509BasicConstraintsExtension>()
                .Single()
                .CertificateAuthority
        );
        Assert.Equal(
            X509KeyUsageFlags.DigitalSignature,
            certificate.Extensions.OfType<X509KeyUsageExtension>().Single().KeyUsages
        );
        Assert.Equal(["1.3.6.1.5.5.7.3.2"], Uses(certificate));
        Assert.Empty(certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>());
        Assert.Equal(5, certificate.Extensions.Count);
        Assert.Equal(
            key.ExportSubjectPublicKeyInfo(),
            certificate.PublicKey.ExportSubjectPublicKeyInfo()
        );
    }

    [Fact]
    public void What_is_returned_is_what_the_certificate_says()
    {
        using var key = PkiWorld.NewKey();
        var issued = world.Ca.IssueTerminal(PkiWorld.Terminal, 1, PkiWorld.KeyOf(key));
        using var certificate = X509Certificate2.CreateFromPem(issued.Pem);

        Assert.Equal(certificate.SerialNumber.ToLowerInvariant(), issued.Serial);
        Assert.Equal(world.Time.Now.AddYears(1), issued.NotAfter);
        Assert.Equal(issued.NotAfter, Utc(certificate.NotAfter));
        Assert.Equal(world.Time.Now.AddDays(-1), Utc(certificate.NotBefore));
        var issuer = certificate.Extensions.OfType<X509AuthorityKeyIdentifierExtension>().Single();
        var caKey = world
            .Ca.Certificate.Extensions.OfType<X509SubjectKeyIdentifierExtension>()
            .Single();
        Assert.Equal(
            caKey.SubjectKeyIdentifier,
            Convert.ToHexString(issuer.KeyIdentifier!.Value.Span)
        );
    }

    [Fact]
    public void Serials_are_long_positive_and_never_the_same()
    {
        using var key = PkiWorld.NewKey();
        var terminal = PkiWorld.KeyOf(key);
        var serials = Enumerable
            .Range(0, 50)
            .Select(_ => world.Ca.IssueTerminal(PkiWorld.Terminal, 1, terminal).Serial)
            .ToHashSet(StringComparer.Ordinal);

        Assert.Equal(50, serials.Count);
        Assert.All(serials, s => Assert.Matches("^[4-7][0-9a-f]{31}$", s));
    }

    [Fact]
    public void No_certificate_outlives_the_ca()
    {
        world.Time.Now = world.Time.Now.AddYears(9).AddDays(200);
        using var key = PkiWorld.NewKey();
        var issued = world.Ca.IssueTerminal(PkiWorld.Terminal, 1, PkiWorld.KeyOf(key));
        Assert.Equal(Utc(world.Ca.Certificate.NotAfter), issued.NotAfter);
    }

    [Theory]
    [InlineData("CN=7Q2M4K9X", 1)]
    [InlineData("7Q2M4K9X1B", 0)]
    public void A_name_that_is_no_terminals_is_a_bug(string terminal, int epoch)
    {
        using var key = PkiWorld.NewKey();
        var wish = PkiWorld.KeyOf(key);
        Assert.ThrowsAny<ArgumentException>(() => world.Ca.IssueTerminal(terminal, epoch, wish));
    }

    [Fact]
    public void A_server_certificate_is_for_its_names_and_addresses_for_a_year()
    {
        using var certificate = world.Ca.IssueServer([
            "till.example",
            "TILL.example",
            "127.0.0.1",
            "::1",
        ]);

        Assert.Equal(["1.3.6.1.5.5.7.3.1"], Uses(certificate));
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single();
        Assert.Equal(["till.example"], names.EnumerateDnsNames());
        Assert.Equal([IPAddress.Loopback, IPAddress.IPv6Loopback], names.EnumerateIPAddresses());
        Assert.Equal(world.Time.Now.AddYears(1), Utc(certificate.NotAfter));
        Assert.Equal(world.Time.Now.AddDays(-1), Utc(certificate.NotBefore));
        Assert.True(certificate.HasPrivateKey);
        Assert.False(certificate.MatchesHostname("other.example"));
    }

    private static DateTimeOffset Utc(DateTime time) => new DateTimeOffset(time).ToUniversalTime();

    private static IEnumerable<string?> Uses(X509Certificate2 certificate) =>
        certificate
            .Extensions.OfType<X509EnhancedKeyUsageExtension>()
            .Single()
            .EnhancedKeyUsages.Cast<Oid>()
            .Select(u => u.Value);
}
