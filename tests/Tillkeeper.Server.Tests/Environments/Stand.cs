using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Tests.Pki;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Environments;

/// <summary>A terminal at a place, on a server whose clock the test moves. It connects from 127.0.0.1: an address that says nothing.</summary>
internal sealed class Stand : IAsyncDisposable
{
    public static readonly object Shop = Router("192.168.1.1", "02:1b:aa:00:00:01", "Corner Shop");
    public static readonly object Phone = Router("172.20.10.1", "9a:00:00:00:00:07", "Li's iPhone");

    private Stand(RunningServer server, FakeTime time, DoorTerminal terminal, string merchant) =>
        (Server, Time, Terminal, Merchant) = (server, time, terminal, merchant);

    public RunningServer Server { get; }
    public FakeTime Time { get; }
    public DoorTerminal Terminal { get; }
    public string Merchant { get; }
    public string Path => $"/api/v1/terminals/{Terminal.Id}";

    public static async Task<Stand> Open(string policy = "", object? profile = null)
    {
        var time = new FakeTime(
            // Whole seconds: what is written has no more than milliseconds.
            DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds())
        );
        var server = await RunningServer.StartAsync(time);
        var merchant = await Running.Shop.NewMerchant(server, null);
        var stand = new Stand(server, time, await DoorTerminal.Enrol(server, merchant), merchant);
        if (profile is not null)
        {
            await stand.Import(profile);
        }
        if (policy.Length > 0)
        {
            await stand.Police(policy);
        }
        return stand;
    }

    /// <summary>The same, after it has stood at the shop's router for eight days.</summary>
    public static async Task<Stand> Settled(string policy = "")
    {
        var stand = await Open(policy);
        await stand.Beat(Shop);
        stand.Time.Now += TimeSpan.FromDays(8);
        await stand.Beat(Shop);
        return stand;
    }

    public static object Router(string address, string mac, string ssid, string link = "wifi") =>
        new
        {
            link,
            gateway = new { address, mac },
            ssid,
            bssid = mac,
        };

    public object At(double lat, double lon, double accuracyM = 20) =>
        new
        {
            link = "cellular",
            position = new
            {
                lat,
                lon,
                accuracyM,
                at = Time.Now,
            },
        };

    public async Task Police(string document) =>
        (
            await Server.Admin.PutJson(
                $"/api/v1/policies/terminal:{Terminal.Id}",
                new { document, reason = "test" }
            )
        ).Expect(200);

    public async Task Import(object profile)
    {
        var serial = (await Show()).GetProperty("serial").GetString();
        var body = JsonSerializer.SerializeToNode(profile)!.AsObject();
        body["merchantId"] = Merchant;
        body["model"] = "T1";
        (await Server.Admin.PutJson($"/api/v1/terminals/by-serial/{serial}", body)).Expect(200);
    }

    public async Task Beat(object? environment = null, object? network = null)
    {
        using var response = await Terminal.Http.PostAsJsonAsync(
            "/terminal/v1/heartbeat",
            new
            {
                nonce = "n",
                environment,
                network,
            }
        );
        (await Answer.Of(response)).Expect(200);
    }

    /// <summary>Says the same before and after a quarter of an hour, longer than anything must last by default.</summary>
    public async Task Stay(object environment)
    {
        await Beat(environment);
        Time.Now += TimeSpan.FromMinutes(15);
        await Beat(environment);
    }

    public async Task<JsonElement> Show() => (await Server.Admin.Get(Path)).Expect(200).Json;

    public async Task<JsonElement[]> Locks() =>
        [.. (await Show()).GetProperty("locks").EnumerateArray()];

    public async Task<JsonElement[]> Questions() =>
        [.. (await Show()).GetProperty("questions").EnumerateArray()];

    /// <summary>The data of its events of a type, oldest first.</summary>
    public async Task<JsonElement[]> Events(string type) =>
        [
            .. (await Server.Admin.Get($"{Path}/events?limit=200"))
                .Expect(200)
                .Json.GetProperty("items")
                .EnumerateArray()
                .Where(e => e.GetProperty("type").GetString() == type)
                .Select(e => e.GetProperty("data")),
        ];

    public Task<Answer> Reply(TestPerson person, string answer, string rule = "environment") =>
        person.Post($"{Path}/questions/{rule}/answer", new { answer, note = "we looked" });

    public Task RunTimers() =>
        Server.Services.GetServices<IHostedService>().OfType<TimerRounds>().Single().Round();

    public async ValueTask DisposeAsync()
    {
        Terminal.Dispose();
        await Server.DisposeAsync();
    }
}
