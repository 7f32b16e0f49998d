using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Tillkeeper.Agent.Clock;
using Tillkeeper.Agent.Device;
using Tillkeeper.Agent.Hosting;
using Tillkeeper.Agent.Journal;

namespace Tillkeeper.Agent.Tests.World;

/// <summary>An answer of the local API.</summary>
internal sealed record Answer(HttpStatusCode Status, JsonElement Body)
{
    public string? Code => Body.TryGetProperty("code", out var code) ? code.GetString() : null;

    public int Remaining => Body.GetProperty("remaining").GetInt32();

    public IReadOnlyList<JsonElement> Locks => [.. Body.GetProperty("locks").EnumerateArray()];
}

/// <summary>A real agent in this process: its own folder, its own port, real HTTP; only the clock is ours.</summary>
internal sealed class TestTerminal : IAsyncDisposable
{
    private readonly TestServer server;
    private readonly bool ownsServer;
    private readonly IDisk disk;
    private readonly Func<AgentOptions, AgentOptions> with;
    private WebApplication? app;
    private DataFolder? folder;

    private TestTerminal(
        TestServer server,
        bool ownsServer,
        IDisk? disk,
        Func<AgentOptions, AgentOptions>? with
    )
    {
        this.with = with ?? (options => options);
        this.server = server;
        this.ownsServer = ownsServer;
        this.disk = disk ?? new RealDisk();
        Folder = Directory.CreateTempSubdirectory("tillkeeper-agent-").FullName;
        Http = new HttpClient();
    }

    public string Folder { get; }
    public TestServer Server => server;
    public TestClock Clock { get; } = new();
    public HttpClient Http { get; private set; }
    public IServiceProvider Services => app!.Services;
    public Till Till => Services.GetRequiredService<Till>();

    /// <summary>Has it heard a signed time?</summary>
    public bool Trusts => Services.GetRequiredService<DeviceClock>().Trusted is not null;
    public string JournalFile => Path.Combine(Folder, "events.journal");

    /// <summary>An enrolled terminal, ready, with a server of its own unless one is given.</summary>
    public static async Task<TestTerminal> StartAsync(
        TestServer? server = null,
        bool wait = true,
        IDisk? disk = null,
        Func<AgentOptions, AgentOptions>? with = null
    )
    {
        var own = server is null;
        var terminal = new TestTerminal(server ?? await TestServer.StartAsync(), own, disk, with);
        await terminal.RunAsync(wait);
        return terminal;
    }

    /// <summary>A terminal whose first manager is <c>boss</c> with 582931, and whose cashier is <c>anna</c> with 739402.</summary>
    public static async Task<TestTerminal> StartWithStaffAsync(
        TestServer? server = null,
        Func<AgentOptions, AgentOptions>? with = null
    )
    {
        var terminal = await StartAsync(server, with: with);
        await terminal.ExpectAsync(
            HttpStatusCode.Created,
            terminal.PostAsync("setup", """{"operator":"boss","passcode":"582931"}""")
        );
        var session = await terminal.SignInAsync("boss", "582931");
        await terminal.ExpectAsync(
            HttpStatusCode.Created,
            terminal.PostAsync("operators", """{"operator":"Anna","role":"cashier"}""", session)
        );
        await terminal.ExpectAsync(
            HttpStatusCode.NoContent,
            terminal.PostAsync("operators/anna/passcode", """{"passcode":"739402"}""")
        );
        return terminal;
    }

    public async Task RunAsync(bool wait = true)
    {
        folder = DataFolder.Take(Folder)!;
        var ca = Path.Combine(Folder, "ca.pem");
        await File.WriteAllTextAsync(ca, server.Authority.Ca.ExportCertificatePem());
        app = AgentHost.Build(
            with(
                new AgentOptions(
                    Folder,
                    server.Address,
                    ca,
                    TestServer.Code,
                    new IPEndPoint(IPAddress.Loopback, 0)
                )
            ),
            folder,
            services =>
            {
                services.AddSingleton<IMachineClock>(Clock).AddSingleton(disk);
                services.RemoveAll<ILoggerProvider>();
            }
        );
        await app.StartAsync();
        Http.Dispose();
        Http = new HttpClient(
            new SocketsHttpHandler { MaxConnectionsPerServer = 200, UseProxy = false }
        )
        {
            BaseAddress = new Uri(app.Urls.First() + "/local/v1/"),
        };
        if (wait)
        {
            await Eventually.TrueAsync(
                async () => (await GetAsync("status")).Status != HttpStatusCode.ServiceUnavailable,
                "the terminal enrols"
            );
        }
    }

    /// <summary>Stops the agent; its folder stays.</summary>
    public async Task StopAsync()
    {
        if (app is not null)
        {
            await app.StopAsync();
            await app.DisposeAsync();
            app = null;
        }
        folder?.Dispose();
    }

    public async Task RestartAsync()
    {
        await StopAsync();
        await RunAsync();
    }

    public async Task<string> SignInAsync(string name, string passcode)
    {
        var answer = await TryAsync(name, passcode);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return answer.Body.GetProperty("session").GetString()!;
    }

    public Task<Answer> TryAsync(string name, string passcode) =>
        PostAsync(
            "sign-in",
            $$"""{"operator":{{JsonSerializer.Serialize(name)}},"passcode":"{{passcode}}"}"""
        );

    public Task<Answer> GetAsync(string path, string? session = null) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, path), session);

    public Task<Answer> PostAsync(string path, string json = "{}", string? session = null) =>
        SendAsync(
            new HttpRequestMessage(HttpMethod.Post, path)
            {
                Content = new StringContent(json, new MediaTypeHeaderValue("application/json")),
            },
            session
        );

    public Task<Answer> DeleteAsync(string path, string? session = null) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Delete, path), session);

    public async Task<Answer> SendAsync(HttpRequestMessage request, string? session = null)
    {
        if (session is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", session);
        }
        using var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        using var body = JsonDocument.Parse(text.Length == 0 ? "{}" : text);
        return new Answer(response.StatusCode, body.RootElement.Clone());
    }

    public async Task<Answer> ExpectAsync(HttpStatusCode expected, Task<Answer> asked)
    {
        var answer = await asked;
        Assert.True(
            answer.Status == expected,
            $"expected {expected}, got {answer.Status}: {answer.Body}"
        );
        return answer;
    }

    public async Task<IReadOnlyList<JsonElement>> LocksAsync() =>
        (await GetAsync("status?lang=en")).Locks;

    public async Task<bool> AllowsAsync(string capability = "card_payment") =>
        (await GetAsync($"verdict?capability={capability}")).Body.GetProperty("allow").GetBoolean();

    /// <summary>What the till keeps doing once a second, now.</summary>
    public Task RoundAsync(bool book = false) =>
        Services.GetRequiredService<Housekeeping>().RoundAsync(book);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Http.Dispose();
        if (ownsServer)
        {
            await server.DisposeAsync();
        }
        Directory.Delete(Folder, recursive: true);
    }
}
