using System.Net;
using System.Text.Json;

namespace Tillkeeper.Journeys.Harness;

/// <summary>A real agent with its own folder, reached only through its local API.</summary>
internal sealed class RunningAgent : IAsyncDisposable
{
    public const string ManagerPasscode = "735192";
    public const string CashierPasscode = "284619";
    public const string Wrong = "000999";
    private readonly RunningServer server;
    private readonly string enrolmentCode;
    private readonly IReadOnlyList<string> options;
    private readonly NetworkNamespace? network;
    private RunningProgram? program;

    private RunningAgent(
        RunningServer server,
        string terminal,
        string enrolmentCode,
        string data,
        string door,
        IReadOnlyList<string> options,
        NetworkNamespace? network
    )
    {
        this.options = options;
        this.network = network;
        this.server = server;
        this.enrolmentCode = enrolmentCode;
        Terminal = terminal;
        Data = data;
        Door = door;
        Listen = $"http://127.0.0.1:{RunningProgram.FreePort()}";
        Local = new HttpClient(
            NetworkNamespace.Handler(network, new() { MaxConnectionsPerServer = 1100 })
        )
        {
            BaseAddress = new Uri(Listen),
            Timeout = TimeSpan.FromSeconds(120),
        };
        Local.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
    }

    public string Terminal { get; }
    public string Data { get; }
    public string Listen { get; }
    public HttpClient Local { get; }
    public Dictionary<string, string> Environment { get; } = [];
    public RunningProgram Program => program!;

    /// <summary>Where the agent believes the server to be; a forwarder when its link is to be cut.</summary>
    private string Door { get; }

    /// <summary>
    /// Registers a terminal of a new merchant and starts its agent until it is enrolled, with further options of its command line.
    /// </summary>
    public static async Task<RunningAgent> Start(
        RunningServer server,
        string? door = null,
        params IReadOnlyList<string> options
    ) => await StartInside(null, server, null, door, options);

    /// <summary>The same in a network of its own, registered with <paramref name="networks"/>.</summary>
    public static async Task<RunningAgent> StartInside(
        NetworkNamespace? network,
        RunningServer server,
        string[]? networks = null,
        string? door = null,
        params IReadOnlyList<string> options
    )
    {
        var merchant = await Shops.Merchant(server.Admin);
        var registered = (
            await server.Admin.Post(
                "/api/v1/terminals",
                new
                {
                    serial = Shops.Serial(),
                    merchantId = merchant,
                    model = "iCT250",
                    networks,
                }
            )
        ).Expect(HttpStatusCode.Created);
        var data = Directory.CreateTempSubdirectory("tillkeeper-agent-").FullName;
        var agent = new RunningAgent(
            server,
            registered.Text("id"),
            registered.Text("enrolmentCode"),
            data,
            door ?? server.Terminals,
            options,
            network
        );
        await agent.StartAgain();
        await agent.Local.Until(
            "/local/v1/verdict?capability=card_payment",
            a => a.Status == HttpStatusCode.OK
        );
        return agent;
    }

    /// <summary>The same, with a manager and the cashier 03 who can sign in.</summary>
    public static async Task<RunningAgent> StartWithStaff(
        RunningServer server,
        string? door = null,
        params IReadOnlyList<string> options
    )
    {
        var agent = await Start(server, door, options);
        await agent.AddStaff();
        return agent;
    }

    /// <summary>A second program on a copy of this one's folder.</summary>
    public async Task<RunningAgent> Copy()
    {
        var data = Directory.CreateTempSubdirectory("tillkeeper-copy-").FullName;
        foreach (var file in Directory.GetFiles(Data))
        {
            File.Copy(file, Path.Combine(data, Path.GetFileName(file)), overwrite: true);
        }
        var copy = new RunningAgent(server, Terminal, "", data, Door, options, network);
        await copy.StartAgain();
        return copy;
    }

    /// <summary>The same terminal, enrolled again in a folder of its own.</summary>
    public async Task<RunningAgent> Replace(string enrolmentCode)
    {
        var data = Directory.CreateTempSubdirectory("tillkeeper-again-").FullName;
        var again = new RunningAgent(server, Terminal, enrolmentCode, data, Door, options, network);
        await again.StartReady();
        return again;
    }

    public async Task StartAgain() =>
        program = await RunningProgram.StartInside(
            network,
            "Tillkeeper.Agent",
            "listening on http",
            Environment,
            [
                "--data",
                Data,
                "--server",
                Door,
                "--ca",
                server.CaFile,
                .. enrolmentCode.Length > 0 ? (string[])["--enrol", enrolmentCode] : [],
                "--listen",
                Listen,
                .. options,
            ]
        );

    /// <summary>Starts it and waits until it has read its journal.</summary>
    public async Task StartReady()
    {
        await StartAgain();
        await Local.Until("/local/v1/status", a => a.Status == HttpStatusCode.OK);
    }

    public async Task AddStaff()
    {
        (
            await Local.Post(
                "/local/v1/setup",
                new { @operator = "boss", passcode = ManagerPasscode }
            )
        ).Expect(HttpStatusCode.Created);
        var session = (await SignIn("boss", ManagerPasscode))
            .Expect(HttpStatusCode.OK)
            .Text("session");
        (
            await Local.Post(
                "/local/v1/operators",
                new { @operator = "03", role = "cashier" },
                session
            )
        ).Expect(HttpStatusCode.Created);
        (await SetPasscode("03", CashierPasscode)).Expect(HttpStatusCode.NoContent);
    }

    public Task<Answer> SignIn(string name, string passcode) =>
        Local.Post("/local/v1/sign-in", new { @operator = name, passcode });

    public Task<Answer> SetPasscode(string name, string passcode) =>
        Local.Post($"/local/v1/operators/{name}/passcode", new { passcode });

    public async Task<JsonElement[]> Locks() =>
        (await Local.Get("/local/v1/status")).Expect(HttpStatusCode.OK).Locks;

    public async Task<bool> MaySell() =>
        (await Local.Get("/local/v1/verdict?capability=card_payment"))
            .Body.GetProperty("allow")
            .GetBoolean();

    /// <summary>Wrong passcodes until the operator is paused; the id of the lock.</summary>
    public async Task<string> LockOut(string name)
    {
        for (var attempt = 1; attempt <= 5; attempt++)
        {
            (await SignIn(name, Wrong)).Expect(HttpStatusCode.Unauthorized);
        }
        var refused = (await SignIn(name, Wrong)).Expect(HttpStatusCode.Locked);
        return refused.Locks[0].GetProperty("id").GetString()!;
    }

    public async Task<int> JournalledAttempts()
    {
        var shown = await Shops.Events(server.Admin, Terminal);
        return shown.Count(e => e.GetProperty("type").GetString() == "operator.attempt_counted.v1");
    }

    public async ValueTask DisposeAsync()
    {
        Local.Dispose();
        if (program is not null)
        {
            await program.DisposeAsync();
        }
        Directory.Delete(Data, recursive: true);
    }
}
