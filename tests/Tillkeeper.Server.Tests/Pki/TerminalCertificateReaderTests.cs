using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Tillkeeper.Core;
using Tillkeeper.Server.Pki;

namespace Tillkeeper.Server.Tests.Pki;

public sealed class TerminalCertificateReaderTests : IDisposable
{
    private readonly PkiWorld world = new();
    private readonly X509Certificate2 stolenCa;

    public TerminalCertificateReaderTests() => stolenCa = world.StolenCa();

    public void Dispose()
    {
        stolenCa.Dispose();
        world.Dispose();
    }

    [Fact]
    public void A_terminals_certificate_tells_who_it_is()
    {
        using var key = PkiWorld.NewKey();
        var issued = world.Ca.IssueTerminal(PkiWorld.Terminal, 3, PkiWorld.KeyOf(key));
        using var certificate = X509Certificate2.CreateFromPem(issued.Pem);

        var (terminal, refusal) = world.Reader().Read(certificate);

        Assert.Null(refusal);
        Assert.Equal(
            new TerminalCertificate(
                PkiWorld.Terminal,
                3,
                issued.Serial,
                issued.KeyHash,
                issued.NotAfter,
                CertificateStatus.Valid
            ),
            terminal
        );
    }

    [Fact]
    public void A_certificate_expires_the_second_after_its_last()
    {
        using var key = PkiWorld.NewKey();
        using var certificate = world.Enrol(key);

        world.Time.Now = new DateTimeOffset(certificate.NotAfter);
        Assert.Equal(CertificateStatus.Valid, Status(certificate));
        world.Time.Now = world.Time.Now.AddSeconds(1);
        Assert.Equal(CertificateStatus.Expired, Status(certificate));
        world.Time.Now = world.Time.Now.AddYears(20);
        Assert.Equal(CertificateStatus.Expired, Status(certificate));
    }

    [Fact]
    public void A_certificate_may_begin_a_day_ahead_of_our_clock_and_no_more()
    {
        var start = world.Time.Now;
        using var certificate = Forged(f: new(stolenCa, start) { From = start });

        world.Time.Now = start.AddDays(-1);
        Assert.Equal(CertificateStatus.Valid, Status(certificate));
        world.Time.Now = start.AddDays(-1).AddSeconds(-1);
        Unknown(certificate);
    }

    [Fact]
    public void The_cas_and_the_servers_own_certificates_are_no_terminals()
    {
        using var server = world.Ca.IssueServer([PkiWorld.Terminal]);
        Unknown(server);
        Unknown(world.Ca.Certificate);
    }

    [Fact]
    public void A_look_alike_signed_by_itself_is_refused()
    {
        using var key = PkiWorld.NewKey();
        var request = new CertificateRequest(
            $"CN={PkiWorld.Terminal},OU=epoch 1",
            key,
            HashAlgorithmName.SHA256
        );
        request.CertificateExtensions.Add(
            X509BasicConstraintsExtension.CreateForEndEntity(critical: true)
        );
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true)
        );
        request.CertificateExtensions.Add(
            new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.2")], critical: true)
        );
        using var certificate = request.CreateSelfSigned(
            world.Time.Now.AddDays(-1),
            world.Time.Now.AddDays(1)
        );
        Unknown(certificate);
    }

    [Fact]
    public void Another_servers_terminal_is_refused()
    {
        using var other = new PkiWorld();
        using var key = PkiWorld.NewKey();
        using var certificate = other.Enrol(key);
        Unknown(certificate);
    }

    [Fact]
    public void A_foreign_ca_of_the_same_name_and_key_identifier_is_refused()
    {
        using var key = PkiWorld.NewKey();
        var request = new CertificateRequest(
            world.Ca.Certificate.SubjectName,
            key,
            HashAlgorithmName.SHA256
        );
        foreach (var extension in world.Ca.Certificate.Extensions)
        {
            request.CertificateExtensions.Add(extension);
        }
        using var foreign = request.CreateSelfSigned(
            world.Time.Now.AddDays(-2),
            world.Time.Now.AddYears(5)
        );
        using var certificate = Forged(new(foreign, world.Time.Now));
        Unknown(certificate);
    }

    [Fact]
    public void A_terminal_cannot_vouch_for_another()
    {
        using var key = PkiWorld.NewKey();
        using var terminal = world.Enrol(key);
        using var certificate = Forged(new(terminal, world.Time.Now));
        Unknown(certificate);
    }

    [Theory]
    [InlineData(0x01)]
    [InlineData(0x20)]
    [InlineData(0xFF)]
    public void Every_altered_byte_is_refused(byte mask)
    {
        using var key = PkiWorld.NewKey();
        using var certificate = world.Enrol(key);
        var der = certificate.RawData;
        var readable = 0;
        for (var i = 0; i < der.Length; i++)
        {
            der[i] ^= mask;
            if (Load(der) is { } altered)
            {
                readable++;
                Unknown(altered);
                altered.Dispose();
            }
            der[i] ^= mask;
        }
        Assert.True(readable > der.Length / 3);
    }

    /// <summary>The base of the next test: without a change, a forgery by a thief of the CA's key is good.</summary>
    [Fact]
    public void The_forger_forges_well()
    {
        using var certificate = Forged(new(stolenCa, world.Time.Now));
        Assert.Equal(CertificateStatus.Valid, Status(certificate));
    }

    /// <summary>Even with our CA's signature a certificate counts only when it is exactly of the kind made for terminals.</summary>
    [Fact]
    public void Each_deviation_from_what_we_issue_is_refused()
    {
        var now = world.Time.Now;
        Forgery[] forgeries =
        [
            new(stolenCa, now) { Hash = HashAlgorithmName.SHA1 },
            new(stolenCa, now) { Hash = HashAlgorithmName.SHA384 },
            new(stolenCa, now) { Constraints = null },
            new(stolenCa, now)
            {
                Constraints = X509BasicConstraintsExtension.CreateForCertificateAuthority(),
            },
            new(stolenCa, now) { Usage = null },
            new(stolenCa, now) { Usage = X509KeyUsageFlags.KeyAgreement },
            new(stolenCa, now)
            {
                Usage = X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyCertSign,
            },
            new(stolenCa, now) { Uses = null },
            new(stolenCa, now) { Uses = ["1.3.6.1.5.5.7.3.1"] },
            new(stolenCa, now) { Uses = ["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"] },
            new(stolenCa, now) { Uses = ["2.5.29.37.0"] },
        ];
        foreach (var forgery in forgeries)
        {
            using var certificate = Forged(forgery);
            Unknown(certificate);
        }
    }

    [Theory]
    [InlineData("CN=7Q2M4K9X1B")]
    [InlineData("OU=epoch 1")]
    [InlineData("CN=7Q2M4K9X1B,OU=epoch 0")]
    [InlineData("CN=7Q2M4K9X1B,OU=epoch -1")]
    [InlineData("CN=7Q2M4K9X1B,OU=epoch 4294967297")]
    [InlineData("CN=7Q2M4K9X1B,OU=epoch")]
    [InlineData("CN=7Q2M4K9X1B,OU=1")]
    [InlineData("CN=7q2m4k9x1b,OU=epoch 1")]
    [InlineData("CN=7Q2M4K9X1,OU=epoch 1")]
    [InlineData("CN=7Q2M4K9X1B,OU=epoch 1,OU=epoch 2")]
    [InlineData("CN=7Q2M4K9X1B,CN=0000000000,OU=epoch 1")]
    [InlineData("CN=7Q2M4K9X1B+OU=epoch 1")]
    [InlineData("CN=7Q2M4K9X1B,OU=epoch 1,O=Bank")]
    public void A_subject_that_is_not_exactly_a_terminals_is_refused(string subject)
    {
        using var certificate = Forged(new(stolenCa, world.Time.Now) { Subject = subject });
        Unknown(certificate);
    }

    /// <summary>Null when TLS would not take it for a certificate at all.</summary>
    private static X509Certificate2? Load(byte[] der)
    {
        try
        {
            return X509CertificateLoader.LoadCertificate(der);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static X509Certificate2 Forged(Forgery f)
    {
        using (f)
        {
            return f.Make();
        }
    }

    private CertificateStatus? Status(X509Certificate2 certificate)
    {
        var (terminal, refusal) = world.Reader().Read(certificate);
        Assert.Null(refusal);
        return terminal?.Status;
    }

    private void Unknown(X509Certificate2 certificate)
    {
        var (terminal, refusal) = world.Reader().Read(certificate);
        Assert.Null(terminal);
        Assert.Equal(
            (RefusalKind.Unauthenticated, "certificate_unknown"),
            (refusal!.Kind, refusal.Code)
        );
    }
}
