using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Tillkeeper.Bench.Measuring;

namespace Tillkeeper.Bench.Wire;

/// <summary>The real server as a process of its own, from its Release output, stopped by its own id.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private const string Ready = "terminals' door listening on ";
    private const string People = "people's door listening on ";
    private readonly Process process;
    private readonly X509Certificate2 ca;

    private RunningServer(Process process, X509Certificate2 ca, string people, string terminals)
    {
        this.process = process;
        this.ca = ca;
        PeoplesDoor = new Uri(people);
        TerminalsDoor = new Uri(terminals);
    }

    public Uri PeoplesDoor { get; }
    public Uri TerminalsDoor { get; }

    /// <summary>Processor time the server has taken so far.</summary>
    public TimeSpan Processor
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    public static Task<(RunningServer Server, HttpClient Admin)> Start(
        string root,
        Scratch scratch
    ) => Start(root, scratch.New());

    /// <summary>On a data folder of one's own, new or left by another server.</summary>
    public static async Task<(RunningServer Server, HttpClient Admin)> Start(
        string root,
        string data
    )
    {
        var program = Path.Combine(
            root,
            "src/Tillkeeper.Server/bin/Release/net10.0/Tillkeeper.Server.dll"
        );
        var started = Process.Start(
            new ProcessStartInfo(
                Environment.ProcessPath!,
                [
                    program,
                    "--data",
                    data,
                    "--people",
                    "https://127.0.0.1:0",
                    "--terminals",
                    "https://127.0.0.1:0",
                ]
            )
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            }
        )!;
        try
        {
            var (people, terminals) = await Addresses(started).WaitAsync(Patience);
            var issuer = X509CertificateLoader.LoadCertificateFromFile(
                Path.Combine(data, "ca.crt")
            );
            var server = new RunningServer(started, issuer, people, terminals);
            var key = (await File.ReadAllTextAsync(Path.Combine(data, "admin.key"))).Trim();
            var admin = server.Client(server.PeoplesDoor, null);
            admin.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
                "Bearer",
                key
            );
            return (server, admin);
        }
        catch
        {
            started.Kill();
            throw;
        }
    }

    /// <summary>A client as a terminal makes one: HTTP/2, its certificate, the CA pinned.</summary>
    public HttpClient Client(Uri door, X509Certificate2? certificate) =>
        new(
            new SocketsHttpHandler
            {
                UseProxy = false,
                UseCookies = false,
                SslOptions = new SslClientAuthenticationOptions
                {
                    ClientCertificates = certificate is null ? null : [certificate],
                    CertificateChainPolicy = new X509ChainPolicy
                    {
                        TrustMode = X509ChainTrustMode.CustomRootTrust,
                        CustomTrustStore = { ca },
                        RevocationMode = X509RevocationMode.NoCheck,
                    },
                },
            }
        )
        {
            BaseAddress = door,
            Timeout = Patience,
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };

    /// <summary>Asks for something that has to be made.</summary>
    public static async Task<JsonElement> Post(HttpClient client, string path, object body)
    {
        using var answer = await client.PostAsJsonAsync(path, body);
        if (answer.StatusCode != HttpStatusCode.Created)
        {
            throw new InvalidOperationException(
                $"{path}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync()}"
            );
        }
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }
        await process.WaitForExitAsync().WaitAsync(Patience);
        process.Dispose();
        ca.Dispose();
    }

    private static async Task<(string People, string Terminals)> Addresses(Process process)
    {
        var complaints = process.StandardError.ReadToEndAsync();
        var people = "";
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(People, StringComparison.Ordinal))
            {
                people = line[People.Length..];
            }
            if (line.StartsWith(Ready, StringComparison.Ordinal))
            {
                return (people, line[Ready.Length..]);
            }
        }
        throw new InvalidOperationException($"The server did not start:\n{await complaints}");
    }
}
