using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Tillkeeper.Agent.Clock;
using Tillkeeper.Agent.Hosting;
using Tillkeeper.Agent.Identity;

namespace Tillkeeper.Agent.Link;

/// <summary>
/// HTTP to the terminals' door: HTTP/2 when the server offers it, mutual TLS, the CA pinned. A connection keeps the certificate of its
/// handshake, so each certificate has connections of its own: what follows the enrolment, or a renewal, must not go over those before.
/// </summary>
internal sealed class ServerClient : IDisposable
{
    /// <summary>A request that is not a stream is given up after this long.</summary>
    public static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(15);
    private readonly X509Certificate2Collection given = [];
    private readonly IdentityStore identity;
    private readonly DeviceClock clock;
    private readonly System.Threading.Lock gate = new();
    private readonly Dictionary<string, HttpClient> clients = new(StringComparer.Ordinal);
    private readonly Uri server;

    public ServerClient(AgentOptions options, IdentityStore identity, DeviceClock clock)
    {
        this.identity = identity;
        this.clock = clock;
        server = options.Server;
        given.ImportFromPemFile(options.CaFile);
    }

    /// <summary>For the certificate in force now; ask again for each request.</summary>
    public HttpClient Http
    {
        get
        {
            var own = identity.ClientCertificate;
            lock (gate)
            {
                if (!clients.TryGetValue(own?.Thumbprint ?? "", out var client))
                {
                    client = NewClient(own);
                    clients.Add(own?.Thumbprint ?? "", client);
                }
                return client;
            }
        }
    }

    /// <summary>The certificates of <c>--ca</c>.</summary>
    public bool IsGivenCa(X509Certificate2 ca) =>
        given.Any(c => c.RawDataMemory.Span.SequenceEqual(ca.RawDataMemory.Span));

    public void Dispose()
    {
        foreach (var client in clients.Values)
        {
            client.Dispose();
        }
    }

    private HttpClient NewClient(X509Certificate2? own) =>
        new(Handler(own), disposeHandler: true)
        {
            BaseAddress = server,
            // Streams stay open; every request sets its own limit.
            Timeout = Timeout.InfiniteTimeSpan,
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
            MaxResponseContentBufferSize = 1024 * 1024,
        };

    private SocketsHttpHandler Handler(X509Certificate2? own) =>
        new()
        {
            ConnectTimeout = ConnectTimeout,
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            MaxConnectionsPerServer = 4,
            PooledConnectionLifetime = TimeSpan.FromHours(1),
            KeepAlivePingDelay = TimeSpan.FromSeconds(30),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(20),
            SslOptions = new SslClientAuthenticationOptions
            {
                LocalCertificateSelectionCallback = (_, _, _, _, _) => own!,
                RemoteCertificateValidationCallback = (_, presented, sent, errors) =>
                    ServerTrust.Accepts(presented, sent, errors, Roots(), clock),
            },
        };

    private X509Certificate2Collection Roots() => identity.Ca is { } ca ? [ca] : given;
}
