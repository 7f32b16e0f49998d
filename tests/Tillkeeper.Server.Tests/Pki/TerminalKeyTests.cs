using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Tillkeeper.Core;
using Tillkeeper.Server.Pki;

namespace Tillkeeper.Server.Tests.Pki;

public sealed class TerminalKeyTests
{
    [Fact]
    public void A_request_gives_its_key_and_the_keys_hash()
    {
        using var key = PkiWorld.NewKey();

        var (read, refusal) = TerminalKey.Read(PkiWorld.Csr(key));

        Assert.Null(refusal);
        var spki = key.ExportSubjectPublicKeyInfo();
        Assert.Equal(spki, read!.PublicKey.ExportSubjectPublicKeyInfo());
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(spki)), read.KeyHash);
    }

    [Fact]
    public void One_key_has_one_hash_however_often_it_asks()
    {
        using var key = PkiWorld.NewKey();
        Assert.Equal(PkiWorld.KeyOf(key).KeyHash, PkiWorld.KeyOf(key).KeyHash);
    }

    [Theory]
    [InlineData(0x01)]
    [InlineData(0x20)]
    [InlineData(0xFF)]
    public void Every_altered_byte_of_a_request_is_refused(byte mask)
    {
        using var key = PkiWorld.NewKey();
        var der = new CertificateRequest(
            "CN=whatever",
            key,
            HashAlgorithmName.SHA256
        ).CreateSigningRequest();
        for (var i = 0; i < der.Length; i++)
        {
            der[i] ^= mask;
            Refused(PemEncoding.WriteString("CERTIFICATE REQUEST", der), "P-256");
            der[i] ^= mask;
        }
    }

    [Fact]
    public void A_request_for_somebody_elses_key_is_refused()
    {
        using var victim = PkiWorld.NewKey();
        using var thief = PkiWorld.NewKey();
        var request = new CertificateRequest(
            new X500DistinguishedName("CN=whatever"),
            new PublicKey(victim),
            HashAlgorithmName.SHA256
        );
        var der = request.CreateSigningRequest(X509SignatureGenerator.CreateForECDsa(thief));
        Refused(PemEncoding.WriteString("CERTIFICATE REQUEST", der), "not signed by the key in it");
    }

    [Fact]
    public void Other_curves_are_refused()
    {
        foreach (var curve in (string[])["1.3.132.0.34", "1.3.132.0.35", "1.3.132.0.10"])
        {
            using var key = ECDsa.Create(ECCurve.CreateFromValue(curve));
            Refused(PkiWorld.Csr(key), "not of the curve P-256");
        }
    }

    /// <summary>P-256 spelt out as parameters: a generator slipped in there would make any signature verify (CVE-2020-0601).</summary>
    [Fact]
    public void A_curve_spelt_out_is_refused()
    {
        using var key = PkiWorld.NewKey();
        using var spelt = ECDsa.Create(
            key.ExportExplicitParameters(includePrivateParameters: true)
        );
        var publicKey = PublicKey.CreateFromSubjectPublicKeyInfo(
            spelt.ExportSubjectPublicKeyInfo(),
            out _
        );
        Assert.True(publicKey.EncodedParameters!.RawData.Length > 100);
        var request = new CertificateRequest(
            new X500DistinguishedName("CN=whatever"),
            publicKey,
            HashAlgorithmName.SHA256
        );
        var der = request.CreateSigningRequest(X509SignatureGenerator.CreateForECDsa(key));
        Refused(PemEncoding.WriteString("CERTIFICATE REQUEST", der), "not of the curve P-256");
    }

    [Fact]
    public void An_rsa_key_is_refused()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(
            "CN=whatever",
            key,
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1
        );
        Refused(request.CreateSigningRequestPem(), "not of the curve P-256");
    }

    [Theory]
    [InlineData(null, "missing")]
    [InlineData(" \n", "missing")]
    [InlineData("garbage", "cannot be read")]
    [InlineData(
        "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----",
        "cannot be read"
    )]
    [InlineData(
        "-----BEGIN CERTIFICATE REQUEST-----\n!!!!\n-----END CERTIFICATE REQUEST-----",
        "cannot be read"
    )]
    [InlineData("-----BEGIN CERTIFICATE REQUEST-----", "cannot be read")]
    public void Garbage_is_refused(string? csr, string problem) => Refused(csr, problem);

    [Fact]
    public void Another_kind_of_pem_is_refused()
    {
        using var key = PkiWorld.NewKey();
        Refused(key.ExportSubjectPublicKeyInfoPem(), "cannot be read");
    }

    [Fact]
    public void A_request_may_have_8192_characters_and_not_one_more()
    {
        using var key = PkiWorld.NewKey();
        var csr = PkiWorld.Csr(key);

        Assert.NotNull(TerminalKey.Read(csr.PadRight(8192)).Key);
        Refused(csr.PadRight(8193), "longer than 8192 characters");
    }

    private static void Refused(string? csr, string problem)
    {
        var (key, refusal) = TerminalKey.Read(csr);
        Assert.Null(key);
        Assert.Equal((RefusalKind.Invalid, "csr"), (refusal!.Kind, refusal.Field));
        Assert.Contains(problem, refusal.Detail, StringComparison.Ordinal);
        Assert.Contains("openssl req -new -newkey ec", refusal.Detail, StringComparison.Ordinal);
    }
}
