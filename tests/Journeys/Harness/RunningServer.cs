using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Tillkeeper.Journeys.Harness;

/// <summary>A real server with its own folder; survives being killed and started again on the same ports.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly List<HttpClient> clients = [];
    private RunningProgram? program;

    public string Data { get; } = Directory.CreateTempSubdirectory("tillkeeper-server-").FullName;
    public string People { get; } = $"https://127.0.0.1:{RunningProgram.FreePort()}";
    public string Terminals { get; private init; } =
        $"https://127.0.0.1:{RunningProgram.FreePort()}";
    public string CaFile => Path.Combine(Data, "ca.crt");
    public string AdminKeyFile => Path.Combine(Data, "admin.key");
    public HttpClient Admin { get; private set; } = null!;
    public RunningProgram Program => program!;

    /// <summary>The network it stands in; null for the machine's.</summary>
    private NetworkNamespace? Network { get; init; }

    public static Task<RunningServer> Start() => Start(new RunningServer());

    /// <summary>In a network of its own, where terminals reach it under <paramref name="address"/>.</summary>
    public static Task<RunningServer> StartInside(NetworkNamespace network, string address) =>
        Start(
            new RunningServer
            {
                Network = network,
                Terminals = $"https://{address}:{RunningProgram.FreePort()}",
            }
        );

    private static async Task<RunningServer> Start(RunningServer server)
    {
        await server.StartAgain();
        server.Admin = server.ClientWith((await File.ReadAllTextAsync(server.AdminKeyFile)).Trim());
        return server;
    }

    public async Task StartAgain() =>
        program = await RunningProgram.StartInside(
            Network,
            "Tillkeeper.Server",
            "terminals' door listening",
            new Dictionary<string, string>(),
            "--data",
            Data,
            "--people",
            People,
            "--terminals",
            Terminals
        );

    public Task Kill() => Program.Kill();

    /// <summary>SIGTERM: the orderly end, which anchors the log.</summary>
    public Task Stop() => Program.Terminate();

    /// <summary>Makes a key of a role and a client that uses it.</summary>
    public async Task<HttpClient> As(string role, string? org = null)
    {
        var made = (
            await Admin.Post(
                "/api/v1/keys",
                new
                {
                    name = role,
                    role,
                    org,
                }
            )
        ).Expect(System.Net.HttpStatusCode.Created);
        return ClientWith(made.Text("key"));
    }

    public HttpClient ClientWith(string key)
    {
        var client = new HttpClient(TrustingHandler())
        {
            BaseAddress = new Uri(People),
            Timeout = TimeSpan.FromSeconds(30),
        };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        clients.Add(client);
        return client;
    }

    /// <summary>A client for the terminals' door, with or without a certificate.</summary>
    public HttpClient TerminalClient(X509Certificate2? certificate)
    {
        var handler = TrustingHandler();
        if (certificate is not null)
        {
            handler.SslOptions.ClientCertificates = [certificate];
            handler.SslOptions.LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate;
        }
        var client = new HttpClient(handler)
        {
            BaseAddress = new Uri(Terminals),
            Timeout = TimeSpan.FromSeconds(30),
        };
        clients.Add(client);
        return client;
    }

    public Task<(int ExitCode, string Output)> Cli(params IEnumerable<string> arguments) =>
        RunningProgram.Run(
            "tillkeeper",
            ["--server", People, "--ca", CaFile, "--key-file", AdminKeyFile, .. arguments]
        );

    public async ValueTask DisposeAsync()
    {
        clients.ForEach(c => c.Dispose());
        if (program is not null)
        {
            await program.DisposeAsync();
        }
        Directory.Delete(Data, recursive: true);
    }

    private SocketsHttpHandler TrustingHandler() => NetworkNamespace.Handler(Network, Trusting());

    private SocketsHttpHandler Trusting() =>
        new()
        {
            MaxConnectionsPerServer = 64,
            SslOptions = new SslClientAuthenticationOptions
            {
                CertificateChainPolicy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    CustomTrustStore = { X509CertificateLoader.LoadCertificateFromFile(CaFile) },
                    RevocationMode = X509RevocationMode.NoCheck,
                },
            },
        };
}
