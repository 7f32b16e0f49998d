using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
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
    private readonly IdentityStore identity;
    private readonly DeviceClock clock;

    public ServerClient(AgentOptions options, IdentityStore identity, DeviceClock clock)
    {
        this.identity = identity;
        this.clock = clock;
        given.ImportFromPemFile(options.CaFile);
        Http = new HttpClient(Handler(), disposeHandler: true)
        {
            BaseAddress = options.Server,
            // Streams stay open; every request sets its own limit.
            Timeout = Timeout.InfiniteTimeSpan,
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
            MaxResponseContentBufferSize = 1024 * 1024,
        };
    }

    public HttpClient Http { get; }

    /// <summary>The certificates of <c>--ca</c>.</summary>
    public bool IsGivenCa(X509Certificate2 ca) =>
        given.Any(c => c.RawDataMemory.Span.SequenceEqual(ca.RawDataMemory.Span));

    public void Dispose() => Http.Dispose();

    private SocketsHttpHandler Handler() =>
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
                // Asked at each handshake, so that a renewed certificate is used from then on.
                LocalCertificateSelectionCallback = (_, _, _, _, _) => identity.ClientCertificate!,
                RemoteCertificateValidationCallback = (_, presented, sent, errors) =>
                    ServerTrust.Accepts(presented, sent, errors, Roots(), clock),
            },
        };

    private X509Certificate2Collection Roots() => identity.Ca is { } ca ? [ca] : given;
}
