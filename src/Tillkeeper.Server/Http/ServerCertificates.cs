using System.Security.Cryptography.X509Certificates;
using Tillkeeper.Server.Pki;

namespace Tillkeeper.Server.Http;

/// <summary>The server's own certificate, issued by its CA at each start and again at two thirds of its life.</summary>
internal sealed class ServerCertificates(
    CertificateAuthority ca,
    IReadOnlyList<string> names,
    TimeProvider time
)
{
    private readonly System.Threading.Lock issuing = new();
    private X509Certificate2? current;

    public X509Certificate2 Current()
    {
        lock (issuing)
        {
            if (current is null || time.GetUtcNow() > RenewAt(current))
            {
                current = ca.IssueServer(names);
            }
            return current;
        }
    }

    private static DateTimeOffset RenewAt(X509Certificate2 certificate) =>
        new(certificate.NotBefore + ((certificate.NotAfter - certificate.NotBefore) * 2 / 3));
}
