using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Tillkeeper.Server.Http;

/// <summary>How the two doors listen. Limits bound what a stranger can make the server hold before it knows who it is.</summary>
internal static class Kestrel
{
    /// <summary>Below the 20,000 files that a process may commonly hold.</summary>
    private const int MostConnections = 16_000;
    private const int LargestBody = 1024 * 1024;

    public static void Configure(KestrelServerOptions kestrel, ServerOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = LargestBody;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(130);
        kestrel.Limits.MaxConcurrentConnections = MostConnections;
        kestrel.Limits.Http2.MaxStreamsPerConnection = 100;
        var certificates = kestrel.ApplicationServices.GetRequiredService<ServerCertificates>();
        Listen(
            kestrel,
            options.People,
            Door.People,
            certificates,
            ClientCertificateMode.NoCertificate
        );
        Listen(
            kestrel,
            options.Terminals,
            Door.Terminals,
            certificates,
            ClientCertificateMode.AllowCertificate
        );
    }

    private static void Listen(
        KestrelServerOptions kestrel,
        Uri url,
        Door door,
        ServerCertificates certificates,
        ClientCertificateMode mode
    )
    {
        var address = url.Host switch
        {
            "localhost" => IPAddress.Loopback,
            var host when IPAddress.TryParse(host.Trim('[', ']'), out var ip) => ip,
            _ => IPAddress.Any,
        };
        kestrel.Listen(
            address,
            url.Port,
            listen =>
            {
                listen.Protocols = HttpProtocols.Http1AndHttp2;
                listen.Use(next =>
                    connection =>
                    {
                        connection.Features.Set(new DoorFeature(door));
                        return next(connection);
                    }
                );
                listen.UseHttps(https =>
                {
                    https.ServerCertificateSelector = (_, _) => certificates.Current();
                    https.ClientCertificateMode = mode;
                    https.HandshakeTimeout = TimeSpan.FromSeconds(10);
                    // Any certificate may knock; who it is, and whether it may come in, is told by an answer, not by a broken handshake.
                    https.AllowAnyClientCertificate();
                });
            }
        );
    }
}
