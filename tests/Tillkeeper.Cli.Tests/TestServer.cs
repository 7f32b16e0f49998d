using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;

namespace Tillkeeper.Cli.Tests;

/// <summary>What reached the server.</summary>
internal sealed record Received(
    string Method,
    string Path,
    string Body,
    string? ContentType,
    string? Authorization,
    string? IdempotencyKey
);

/// <summary>A real HTTPS server on a free port of this machine that remembers every request.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<Received> received = new();

    private TestServer(WebApplication app) => this.app = app;

    public Received[] Requests => [.. received];

    public string Url => app.Urls.Single();

    /// <summary>Answers with this JSON, whatever is asked.</summary>
    public static Task<TestServer> AnsweringAsync(string json, int status = 200) =>
        StartAsync(context => WriteAsync(context, status, "application/json", json));

    public static Task<TestServer> RefusingAsync(int status, string problem) =>
        StartAsync(context => WriteAsync(context, status, "application/problem+json", problem));

    public static async Task<TestServer> StartAsync(
        RequestDelegate answer,
        X509Certificate2? certificate = null
    )
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        // Handed over by callback, since Kestrel itself would not serve with a certificate that is none for servers.
        var tls = new SslServerAuthenticationOptions
        {
            ServerCertificate = certificate ?? TestCa.Shared.Issue(IPAddress.Loopback),
        };
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(
                IPAddress.Loopback,
                0,
                listen =>
                    listen.UseHttps(
                        new TlsHandshakeCallbackOptions
                        {
                            OnConnection = _ => ValueTask.FromResult(tls),
                        }
                    )
            )
        );
        var server = new TestServer(builder.Build());
        server.app.Run(async context =>
        {
            await server.RememberAsync(context.Request);
            await answer(context);
        });
        await server.app.StartAsync();
        return server;
    }

    public static Task WriteAsync(HttpContext context, int status, string type, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        context.Response.Headers.Date = "Sun, 01 Mar 2026 12:00:00 GMT";
        return context.Response.WriteAsync(text, context.RequestAborted);
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task RememberAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        received.Enqueue(
            new Received(
                request.Method,
                request
                    .HttpContext.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!
                    .RawTarget,
                await reader.ReadToEndAsync(),
                request.ContentType,
                request.Headers.Authorization.FirstOrDefault(),
                request.Headers["Idempotency-Key"].FirstOrDefault()
            )
        );
    }
}
