using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Orders;
using Tillkeeper.Core.Policies;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Agent.Tests.World;

/// <summary>One event as the terminals' door received it.</summary>
internal sealed record Reported(long Seq, string Prev, string Hash, string Type, JsonElement Data);

/// <summary>
/// A terminals' door over real TLS, small but true to the contract: enrolment, the order stream with resume, numbered and chained
/// events, signed time. It can be told to lose answers, forget events and hold back.
/// </summary>
internal sealed partial class TestServer : IAsyncDisposable
{
    public const string Code = "ENROL-ME";
    public const string Terminal = "T0T0T0T0T0";
    private readonly WebApplication app;
    private readonly System.Threading.Lock gate = new();
    private readonly List<string> orders = [];
    private readonly List<Reported> events = [];
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenSource streams = new();
    private byte[]? enrolledKey;
    private string? certificate;

    private TestServer(TestAuthority authority, Policy policy)
    {
        Authority = authority;
        Policy = policy;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(
                IPAddress.Loopback,
                0,
                door =>
                    door.UseHttps(https =>
                    {
                        https.ServerCertificateSelector = (_, _) =>
                        {
                            Handshakes++;
                            return Authority.Server;
                        };
                        https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
                        https.AllowAnyClientCertificate();
                    })
            )
        );
        app = builder.Build();
        app.Use(
            (context, next) =>
            {
                if (Rejects is { } code)
                {
                    Rejections++;
                    return ProblemAsync(context, $$"""{"code":"{{code}}"}""", 401);
                }
                if (!Offline)
                {
                    return next(context);
                }
                context.Response.StatusCode = 503;
                return Task.CompletedTask;
            }
        );
        app.MapPost("/terminal/v1/enrol", EnrolAsync);
        app.MapPost("/terminal/v1/renew", RenewAsync);
        app.MapPost("/terminal/v1/heartbeat", HeartbeatAsync);
        app.MapPost("/terminal/v1/events", EventsAsync);
        app.MapGet("/terminal/v1/orders", OrdersAsync);
        app.MapGet("/terminal/v1/artifacts/{sha256}", (string sha256) => Artifacts.Answer(sha256));
    }

    public TestAuthority Authority { get; }
    public TestArtifacts Artifacts { get; } = new();
    public Policy Policy { get; }
    public byte[] CodeKey { get; } = RandomNumberGenerator.GetBytes(32);
    public DateTimeOffset Now { get; set; } = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);
    public Uri Address =>
        new(app.Urls.First().Replace("127.0.0.1", "localhost", StringComparison.Ordinal));

    /// <summary>Answers nothing but 503.</summary>
    public bool Offline { get; set; }

    /// <summary>Refuses every certificate with this code.</summary>
    public string? Rejects { get; set; }
    public int Rejections { get; private set; }

    /// <summary>What it says of the people's door; nothing unless a test sets it.</summary>
    public string? Portal { get; set; }

    /// <summary>How many enrolments to carry out without ever answering.</summary>
    public int LoseEnrolments { get; set; }
    public bool RefuseEnrolment { get; set; }
    public int Enrolments { get; private set; }
    public int Handshakes { get; private set; }
    public ConcurrentQueue<long> StreamsFrom { get; } = [];

    /// <summary>The chain is broken by another device: every batch contradicts.</summary>
    public bool Forked { get; set; }

    /// <summary>How many batches of events came in.</summary>
    public int Batches { get; private set; }
    public DateTimeOffset CertificateFrom { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public IReadOnlyList<Reported> Events
    {
        get
        {
            lock (gate)
            {
                return [.. events];
            }
        }
    }

    public static async Task<TestServer> StartAsync(
        Policy? policy = null,
        TestAuthority? authority = null
    )
    {
        var server = new TestServer(
            authority ?? new TestAuthority(),
            policy ?? new Policy { Passcode = new PasscodeRule { Iterations = 10 } }
        );
        await server.app.StartAsync();
        return server;
    }

    /// <summary>Signs the next order and sends it.</summary>
    public string Send(Func<Order, Order> with)
    {
        var jws = Next(with);
        Push(jws);
        return jws;
    }

    /// <summary>Signs the next order without sending it, as somebody would who carries it by hand.</summary>
    public string Next(Func<Order, Order> with, int ahead = 0)
    {
        lock (gate)
        {
            return Authority.Order(
                with(
                    new Order
                    {
                        Terminal = Terminal,
                        Epoch = 1,
                        Number = orders.Count + 1 + ahead,
                        Kind = OrderKind.Lock,
                        IssuedAt = Now,
                    }
                )
            );
        }
    }

    /// <summary>Puts a text on the stream, genuine or not.</summary>
    public void Push(string jws)
    {
        lock (gate)
        {
            orders.Add(jws);
        }
        Wake();
    }

    public void CutStreams()
    {
        var old = streams;
        streams = new CancellationTokenSource();
        old.Cancel();
    }

    /// <summary>The server was restored from a backup, or another device has used the identity.</summary>
    public void ForgetEventsAfter(long seq)
    {
        lock (gate)
        {
            events.RemoveAll(e => e.Seq > seq);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await streams.CancelAsync();
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        try
        {
            await app.StopAsync(soon.Token);
        }
        catch (OperationCanceledException)
        {
            // Streams that are still open are cut.
        }
        await app.DisposeAsync();
        Authority.Dispose();
    }

    private void Wake() =>
        Interlocked
            .Exchange(
                ref changed,
                new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
            )
            .SetResult();

    private async Task EnrolAsync(HttpContext context)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body);
        var csr = body.RootElement.GetProperty("csr").GetString()!;
        Enrolments++;
        if (RefuseEnrolment || body.RootElement.GetProperty("code").GetString() != Code)
        {
            context.Response.StatusCode = 410;
            return;
        }
        using var certified = Authority.Certify(csr, CertificateFrom, CertificateFrom.AddYears(1));
        var key = certified.PublicKey.ExportSubjectPublicKeyInfo();
        if (enrolledKey is not null && !enrolledKey.AsSpan().SequenceEqual(key))
        {
            context.Response.StatusCode = 410;
            return;
        }
        enrolledKey = key;
        certificate ??= certified.ExportCertificatePem();
        if (LoseEnrolments-- > 0)
        {
            context.Abort();
            return;
        }
        context.Response.StatusCode = 201;
        await context.Response.WriteAsync(
            $$"""
            {"terminalId":"{{Terminal}}","epoch":1,"certificate":{{Json(certificate)}},
             "ca":{{Json(Authority.Ca.ExportCertificatePem())}},"orderKeys":{{Json(
                Authority.OrderKeys
            )}},
             "codeKey":"{{Base64Url.EncodeToString(CodeKey)}}","policy":{{Json(Policy)}}}
            """
        );
    }

    private async Task RenewAsync(HttpContext context)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body);
        using var renewed = Authority.Certify(
            body.RootElement.GetProperty("csr").GetString()!,
            Now,
            Now.AddYears(1)
        );
        context.Response.StatusCode = 201;
        await context.Response.WriteAsync(
            $$"""{"certificate":{{Json(renewed.ExportCertificatePem())}}}"""
        );
    }

    private async Task HeartbeatAsync(HttpContext context)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body);
        var nonce = body.RootElement.GetProperty("nonce").GetString()!;
        var (seq, hash) = Acknowledged();
        await context.Response.WriteAsync(
            $$"""
            {"now":"{{Authority.Time(Terminal, nonce, Now)}}","policyVersion":1,
             "acknowledged":{"seq":{{seq}},"hash":"{{hash}}"},"lastOrder":{{orders.Count}}
             {{(Portal is null ? "" : $",\"portal\":{Json(Portal)}")}}}
            """
        );
    }

    private (long Seq, string Hash) Acknowledged()
    {
        lock (gate)
        {
            return events is [.., var last] ? (last.Seq, last.Hash) : (0, JournalChain.Genesis);
        }
    }

    private async Task EventsAsync(HttpContext context)
    {
        if (await context.Connection.GetClientCertificateAsync() is null)
        {
            context.Response.StatusCode = 401;
            return;
        }
        using var body = await JsonDocument.ParseAsync(context.Request.Body);
        Batches++;
        if (Forked)
        {
            await ProblemAsync(context, """{"code":"fork"}""");
            return;
        }
        foreach (var item in body.RootElement.GetProperty("events").EnumerateArray())
        {
            if (Take(item) is { } problem)
            {
                await ProblemAsync(context, problem);
                return;
            }
        }
        await context.Response.WriteAsync($$"""{"acknowledged":{{Acknowledged().Seq}}}""");
    }

    private string? Take(JsonElement item)
    {
        lock (gate)
        {
            var (last, lastHash) = Acknowledged();
            var seq = item.GetProperty("seq").GetInt64();
            if (seq > last + 1)
            {
                return $$"""{"code":"gap","expected":{{last + 1}}}""";
            }
            var prev = item.GetProperty("prev").GetString()!;
            var type = item.GetProperty("type").GetString()!;
            var data = item.GetProperty("data");
            var hash = JournalChain.Hash(
                prev,
                seq,
                type,
                item.GetProperty("at").GetString()!,
                Encoding.UTF8.GetBytes(data.GetRawText())
            );
            if (seq <= last)
            {
                return events.Find(e => e.Seq == seq)?.Hash == hash ? null : """{"code":"fork"}""";
            }
            if (prev != lastHash)
            {
                return """{"code":"fork"}""";
            }
            events.Add(new Reported(seq, prev, hash, type, data.Clone()));
            return null;
        }
    }

    private static Task ProblemAsync(HttpContext context, string json, int status = 409)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/problem+json";
        return context.Response.WriteAsync(json);
    }

    private static string Json(string text) => JsonSerializer.Serialize(text);

    private static string Json(Policy policy) =>
        JsonSerializer.Serialize(policy, CoreJson.Default.Policy);
}
