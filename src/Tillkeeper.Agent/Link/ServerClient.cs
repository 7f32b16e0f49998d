using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Tillkeeper.Agent.Clock;
using Tillkeeper.Agent.Hosting;
using Tillkeeper.Agent.Identity;

namespace Tillkeeper.Agent.Link;

/// <summary>HTTP to the terminals' door: HTTP/2 when the server offers it, mutual TLS, the CA pinned.</summary>
internal sealed class ServerClient : IDisposable
{
    /// <summary>A request that is not a stream is given up after this long.</summary>
    public static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(15);
    private readonly X509Certificate2Collection given = [];
    private readonly System.Threading.Lock gate = new();
    private readonly Uri address;
    private readonly IdentityStore identity;
    private readonly DeviceClock clock;
    private Client? current;

    public ServerClient(AgentOptions options, IdentityStore identity, DeviceClock clock)
    {
        this.identity = identity;
        this.clock = clock;
        address = options.Server;
        given.ImportFromPemFile(options.CaFile);
    }

    /// <summary>
    /// A client that shows the certificate now in use. A connection keeps the one it began with, so that a new certificate means new
    /// connections; what still runs on old ones may end in peace.
    /// </summary>
    public HttpClient Http
    {
        get
        {
            lock (gate)
            {
                var certificate = identity.ClientCertificate;
                if (current is null || current.Certificate != certificate)
                {
                    current = new Client(certificate, Create(certificate));
                }
                return current.Http;
            }
        }
    }

    /// <summary>The next request makes a new connection: the way that the present ones went is gone.</summary>
    public void Reconnect()
    {
        lock (gate)
        {
            current = null;
        }
    }

    /// <summary>The certificates of <c>--ca</c>.</summary>
    public bool IsGivenCa(X509Certificate2 ca) =>
        given.Any(c => c.RawDataMemory.Span.SequenceEqual(ca.RawDataMemory.Span));

    public void Dispose() => current?.Http.Dispose();

    private HttpClient Create(X509Certificate2? certificate) =>
        new(Handler(certificate), disposeHandler: true)
        {
            BaseAddress = address,
            // Streams stay open; every request sets its own limit.
            Timeout = Timeout.InfiniteTimeSpan,
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
            MaxResponseContentBufferSize = 1024 * 1024,
        };

    private SocketsHttpHandler Handler(X509Certificate2? certificate) =>
        new()
        {
            ConnectTimeout = ConnectTimeout,
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            MaxConnectionsPerServer = 4,
            KeepAlivePingDelay = TimeSpan.FromSeconds(30),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(20),
            SslOptions = new SslClientAuthenticationOptions
            {
                ClientCertificates = certificate is null ? null : [certificate],
                // A session begun without a certificate must not be resumed once there is one: the server would still see nobody.
                AllowTlsResume = certificate is not null,
                RemoteCertificateValidationCallback = (_, presented, sent, errors) =>
                    ServerTrust.Accepts(presented, sent, errors, Roots(), clock),
            },
        };

    private X509Certificate2Collection Roots() => identity.Ca is { } ca ? [ca] : given;

    private sealed record Client(X509Certificate2? Certificate, HttpClient Http);
}
