using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Tillkeeper.Server.Pki;
using Tillkeeper.Server.Secrets;
using Tillkeeper.Server.Tests.Secrets;

namespace Tillkeeper.Server.Tests.Pki;

/// <summary>A server's keys as after its first start: real master key file, a store in memory, a clock to set.</summary>
internal sealed class PkiWorld : IDisposable
{
    public const string Terminal = "7Q2M4K9X1B";
    private readonly TempFolder folder = new();

    public PkiWorld(DateTimeOffset? now = null)
    {
        Time = new FakeTime(now ?? new DateTimeOffset(2026, 3, 1, 8, 30, 0, TimeSpan.Zero));
        Keys = folder.MasterKey();
        Ca = LoadCa();
    }

    public IKeys Keys { get; }

    public FakeTime Time { get; }
    public MemoryStore Store { get; } = new();
    public CertificateAuthority Ca { get; }

    /// <summary>What a restart, or another replica on the same database, gets.</summary>
    public CertificateAuthority LoadCa() =>
        CertificateAuthority.LoadOrCreate(Store, folder.MasterKey(), Time);

    public OrderSigner LoadSigner() => OrderSigner.LoadOrCreate(Store, folder.MasterKey(), Ca);

    public CodeKeys LoadCodeKeys() => CodeKeys.LoadOrCreate(Store, folder.MasterKey());

    public TerminalCertificateReader Reader() => new(Ca, Time);

    /// <summary>A terminal enrols with its key and gets its certificate, the private key joined as in its TLS stack.</summary>
    public X509Certificate2 Enrol(ECDsa key, int epoch = 1)
    {
        var issued = Ca.IssueTerminal(Terminal, epoch, KeyOf(key));
        using var certificate = X509Certificate2.CreateFromPem(issued.Pem);
        return certificate.CopyWithPrivateKey(key);
    }

    public static ECDsa NewKey() => ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public static TerminalKey KeyOf(ECDsa key)
    {
        var (read, refusal) = TerminalKey.Read(Csr(key));
        Assert.Null(refusal);
        return read!;
    }

    public static string Csr(ECDsa key) =>
        new CertificateRequest(
            "CN=whatever",
            key,
            HashAlgorithmName.SHA256
        ).CreateSigningRequestPem();

    /// <summary>The CA with its private key, as a thief of database and master key has it.</summary>
    public X509Certificate2 StolenCa()
    {
        var pem = Encoding.ASCII.GetString(folder.MasterKey().Open(Store.Find("ca")!, "ca"));
        return X509Certificate2.CreateFromPem(pem, pem);
    }

    public void Dispose()
    {
        Ca.Dispose();
        folder.Dispose();
    }
}
