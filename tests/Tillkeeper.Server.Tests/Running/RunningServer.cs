using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tillkeeper.Server.Audit;
using Tillkeeper.Server.Storage;
using Tillkeeper.Server.Tests.Secrets;

namespace Tillkeeper.Server.Tests.Running;

/// <summary>The server as it is composed in real life, in this process, on free ports of 127.0.0.1, with a folder of its own.</summary>
public sealed class RunningServer : IAsyncLifetime
{
    private readonly TempFolder folder = new();
    private DataFolder? data;
    private WebApplication? app;
    private X509Certificate2? ca;
    private readonly SemaphoreSlim lockers = new(1, 1);
    private TestPerson? locker;
    private int locksLeft;

    /// <summary>The server's clock, and the one its clients check its certificate by; the machine's unless the test sets another.</summary>
    internal TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>What the command line says beside folder and doors.</summary>
    internal Func<ServerOptions, ServerOptions> Options { get; init; } = plain => plain;
    internal string Data => folder.Path;
    internal Uri People { get; private set; } = new("https://127.0.0.1");
    internal Uri Terminals { get; private set; } = new("https://127.0.0.1");
    internal IServiceProvider Services => app!.Services;

    /// <summary>The admin that the first start made.</summary>
    internal TestPerson Admin { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        data = DataFolder.Open(folder.Path)!;
        var free = new Uri("https://127.0.0.1:0");
        var options = Options(new ServerOptions(folder.Path, free, free, null));
        app = Startup.Build(options, data, Clock);
        FirstStart.Prepare(app.Services, data);
        await app.StartAsync();
        var urls = app.Urls.Select(url => new Uri(url)).ToArray();
        (People, Terminals) = (urls[0], urls[1]);
        ca = X509Certificate2.CreateFromPem(await File.ReadAllTextAsync(data.Ca));
        var key = (await File.ReadAllTextAsync(data.AdminKey)).Trim();
        Admin = new TestPerson("", Client(People, key));
    }

    /// <summary>A server of the test's own, for what would disturb others: another clock, a flood, a blocked log.</summary>
    internal static async Task<RunningServer> StartAsync(
        TimeProvider? clock = null,
        Func<ServerOptions, ServerOptions>? options = null
    )
    {
        RunningServer server = new()
        {
            Clock = clock ?? TimeProvider.System,
            Options = options ?? (plain => plain),
        };
        await server.InitializeAsync();
        return server;
    }

    /// <summary>Writes the heads of the log outside now, as the server does every ten seconds.</summary>
    internal void Anchor() =>
        Services.GetServices<IHostedService>().OfType<CheckpointWriter>().Single().Anchor();

    internal long ShortestShard() =>
        Services.GetRequiredService<LogVerifier>().Verify().Shards.Min(s => s.LastSeq);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        folder.Dispose();
    }

    /// <summary>Stops it and starts another on the same data; it listens on other ports, so that clients made before find nobody.</summary>
    internal async Task RestartAsync()
    {
        await StopAsync();
        await InitializeAsync();
    }

    private async Task StopAsync()
    {
        // What works by itself must be at rest before its data goes; whoever still hangs on a door is not waited for.
        using CancellationTokenSource shortly = new(TimeSpan.FromMilliseconds(500));
        await app!.StopAsync(shortly.Token);
        await app.DisposeAsync();
        data!.Dispose();
        ca!.Dispose();
    }

    /// <summary>A client that trusts this server's CA and nobody else.</summary>
    internal HttpClient Client(
        Uri door,
        string? key = null,
        X509Certificate2? identity = null,
        bool redirect = true,
        CookieContainer? cookies = null
    )
    {
        SslClientAuthenticationOptions tls = new()
        {
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { ca! },
                RevocationMode = X509RevocationMode.NoCheck,
                VerificationTime = Clock.GetUtcNow().UtcDateTime,
            },
        };
        if (identity is not null)
        {
            tls.LocalCertificateSelectionCallback = (_, _, _, _, _) => identity;
        }
        // A page that has done something says where to look (303), and a key does not go with a redirect.
        HttpClient client = new(
            new SocketsHttpHandler
            {
                SslOptions = tls,
                AllowAutoRedirect = redirect && key is null,
                CookieContainer = cookies ?? new CookieContainer(),
            }
        )
        {
            BaseAddress = door,
            Timeout = TimeSpan.FromSeconds(30),
        };
        if (key is not null)
        {
            client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        }
        return client;
    }

    /// <summary>Somebody who may still lock: one person alone does not get far in an hour, and many tests share a server.</summary>
    internal async Task<TestPerson> Locker()
    {
        await lockers.WaitAsync();
        try
        {
            if (locksLeft == 0)
            {
                (locker, locksLeft) = (await Person("risk"), 15);
            }
            locksLeft--;
            return locker!;
        }
        finally
        {
            lockers.Release();
        }
    }

    /// <summary>A new person with a key of this role, at the root or at an org or merchant.</summary>
    internal async Task<TestPerson> Person(string role, string? org = null, string? name = null)
    {
        var made = await Admin.Post(
            "/api/v1/keys",
            new
            {
                name = name ?? $"Somebody of {role}",
                role,
                org,
            }
        );
        return new TestPerson(made.Text("id"), Client(People, made.Text("key")));
    }
}
