using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;

namespace Tillkeeper.Server.Tests.Pki;

/// <summary>Real handshakes between Kestrel and a .NET client on loopback.</summary>
public sealed class TlsTests : IAsyncLifetime
{
    /// <summary>TLS judges by the machine's clock, so this world's is the machine's too.</summary>
    private readonly PkiWorld world = new(DateTimeOffset.UtcNow);
    private WebApplication server = null!;

    public async ValueTask InitializeAsync()
    {
        var certificate = world.Ca.IssueServer(["127.0.0.1"]);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(
                System.Net.IPAddress.Loopback,
                0,
                listen =>
                    listen.UseHttps(https =>
                    {
                        https.ServerCertificate = certificate;
                        https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
                        https.AllowAnyClientCertificate();
                    })
            )
        );
        server = builder.Build();
        server.MapGet("/", Who);
        await server.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        world.Dispose();
    }

    [Fact]
    public async Task A_client_that_trusts_only_our_ca_accepts_the_server()
    {
        using var client = Client(world.Ca.Certificate);
        Assert.Equal("nobody", await client.GetStringAsync(server.Urls.Single()));
    }

    [Fact]
    public async Task A_client_that_trusts_another_ca_does_not()
    {
        using var other = new PkiWorld(DateTimeOffset.UtcNow);
        using var client = Client(other.Ca.Certificate);
        var problem = await Assert.ThrowsAsync<HttpRequestException>(() =>
            client.GetStringAsync(server.Urls.Single())
        );
        Assert.IsType<AuthenticationException>(problem.InnerException);
    }

    [Fact]
    public async Task A_client_that_asked_for_another_name_does_not()
    {
        using var client = Client(world.Ca.Certificate);
        var problem = await Assert.ThrowsAsync<HttpRequestException>(() =>
            client.GetStringAsync(
                server.Urls.Single().Replace("127.0.0.1", "localhost", StringComparison.Ordinal)
            )
        );
        Assert.IsType<AuthenticationException>(problem.InnerException);
    }

    [Fact]
    public async Task A_terminal_is_known_by_its_certificate()
    {
        using var key = PkiWorld.NewKey();
        using var certificate = world.Enrol(key, epoch: 4);
        using var client = Client(world.Ca.Certificate, certificate);
        Assert.Equal(
            $"{PkiWorld.Terminal} epoch 4 Valid",
            await client.GetStringAsync(server.Urls.Single())
        );
    }

    [Fact]
    public async Task A_terminal_of_another_server_is_unknown()
    {
        using var other = new PkiWorld(DateTimeOffset.UtcNow);
        using var key = PkiWorld.NewKey();
        using var certificate = other.Enrol(key);
        using var client = Client(world.Ca.Certificate, certificate);
        Assert.Equal("certificate_unknown", await client.GetStringAsync(server.Urls.Single()));
    }

    private string Who(HttpContext context)
    {
        if (context.Connection.ClientCertificate is not { } presented)
        {
            return "nobody";
        }
        var (terminal, refusal) = world.Reader().Read(presented);
        return terminal is null
            ? refusal!.Code
            : $"{terminal.TerminalId} epoch {terminal.Epoch} {terminal.Status}";
    }

    private static HttpClient Client(X509Certificate2 trusted, X509Certificate2? own = null)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.Add(trusted);
        var options = new SslClientAuthenticationOptions { CertificateChainPolicy = policy };
        if (own is not null)
        {
            options.ClientCertificateContext = SslStreamCertificateContext.Create(
                own,
                additionalCertificates: null,
                offline: true
            );
        }
        return new HttpClient(new SocketsHttpHandler { SslOptions = options })
        {
            Timeout = TimeSpan.FromSeconds(20),
        };
    }
}
