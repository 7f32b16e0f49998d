using System.Text.Json;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Server.Tests.Running;
using Tillkeeper.Server.Watch.Webhooks;

namespace Tillkeeper.Server.Tests.Watch.Webhooks;

/// <summary>A server whose webhooks may go to loopback and lose patience quickly, for tests that do not disturb each other.</summary>
public sealed class WebhookServer : IAsyncLifetime
{
    internal RunningServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await StartAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    internal static Task<RunningServer> StartAsync(int mostAttempts = 1000) =>
        RunningServer.StartAsync(options: options =>
            options with
            {
                WebhookPrivateNetworks = true,
                Webhooks = new WebhookPacing
                {
                    FirstPause = TimeSpan.FromMilliseconds(20),
                    LongestPause = TimeSpan.FromMilliseconds(400),
                    MostAttempts = mostAttempts,
                    Timeout = TimeSpan.FromMilliseconds(700),
                },
            }
        );
}

/// <summary>An agent with a shop with a terminal, and a receiver that listens to what happens there.</summary>
internal sealed class WebhookWorld(
    RunningServer server,
    string org,
    DoorTerminal terminal,
    Receiver receiver
) : IAsyncDisposable
{
    public RunningServer Server => server;
    public string Org => org;
    public DoorTerminal Terminal => terminal;
    public Receiver Receiver => receiver;

    public static async Task<WebhookWorld> OpenAsync(RunningServer server)
    {
        var org = await Tree.NewOrg(server, "Agent");
        var merchant = await Shop.NewMerchant(server, org);
        return new WebhookWorld(
            server,
            org,
            await DoorTerminal.Enrol(server, merchant),
            await Receiver.StartAsync()
        );
    }

    public async Task<(string Id, string Secret)> SubscribeAsync(
        string? url = null,
        params string[] events
    )
    {
        var made = await server.Admin.Post(
            "/api/v1/webhooks",
            new
            {
                url = url ?? receiver.Url,
                events = events.Length == 0 ? ["lock.*"] : events,
                place = org,
            }
        );
        return (made.Expect(201).Text("id"), made.Text("secret"));
    }

    /// <summary>The terminal locks itself and lets go again.</summary>
    public async Task LockAndEndAsync(DoorTerminal? who = null)
    {
        var lockId = TestTerminal.NewId();
        await (who ?? terminal).Report(
            Shop.Raise(lockId, Cause.Away),
            new LockEnded(lockId, WayOut.SignIn, Shop.Clock)
        );
    }

    public Task LockAsync() => terminal.Report(Shop.Raise(TestTerminal.NewId(), Cause.Away));

    public async Task<JsonElement> EventuallyAsync(string path, Func<JsonElement, bool> wanted)
    {
        for (var i = 0; i < 400; i++)
        {
            var shown = (await server.Admin.Get(path)).Expect(200).Json;
            if (wanted(shown))
            {
                return shown;
            }
            await Task.Delay(25);
        }
        throw new TimeoutException($"{path} never became what was awaited.");
    }

    public async ValueTask DisposeAsync()
    {
        terminal.Dispose();
        await receiver.DisposeAsync();
    }
}
