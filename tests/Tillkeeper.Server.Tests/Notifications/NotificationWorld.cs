using System.Text.Json;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Server.Notifications;
using Tillkeeper.Server.Tests.Running;
using Tillkeeper.Server.Tests.Watch.Webhooks;
using Shop = Tillkeeper.Server.Tests.Running.Shop;

namespace Tillkeeper.Server.Tests.Notifications;

/// <summary>A server of its own with a shop, a terminal, and a gateway for short messages.</summary>
internal sealed class NotificationWorld(
    RunningServer server,
    string org,
    string merchant,
    DoorTerminal terminal,
    Receiver gateway
) : IAsyncDisposable
{
    public const string Secret = "gateway-s3cret";

    public RunningServer Server => server;
    public string Org => org;
    public string Merchant => merchant;
    public DoorTerminal Terminal => terminal;
    public Receiver Gateway => gateway;

    public static async Task<NotificationWorld> OpenAsync(
        TimeProvider? clock = null,
        NotificationPacing? pacing = null,
        bool withGateway = true
    )
    {
        var server = await RunningServer.StartAsync(
            clock,
            options =>
                options with
                {
                    WebhookPrivateNetworks = true,
                    Notifications = (pacing ?? new NotificationPacing()) with
                    {
                        FirstPause = TimeSpan.FromMilliseconds(20),
                        LongestPause = TimeSpan.FromMilliseconds(100),
                        Timeout = TimeSpan.FromMilliseconds(700),
                    },
                }
        );
        var org = await Tree.NewOrg(server, "Agent");
        var merchant = await Shop.NewMerchant(server, org);
        NotificationWorld world = new(
            server,
            org,
            merchant,
            await DoorTerminal.Enrol(server, merchant),
            await Receiver.StartAsync()
        );
        if (withGateway)
        {
            await world.SetGatewayAsync();
        }
        return world;
    }

    public async Task SetGatewayAsync() =>
        (
            await server.Admin.PutJson(
                "/api/v1/notifications/channels/sms",
                new
                {
                    type = "http",
                    audiences = new[] { "merchant" },
                    url = gateway.Url,
                    headers = new Dictionary<string, string> { ["X-Key"] = Secret },
                    body = """{"to":"{{to}}","text":"{{text}}","id":"{{id}}"}""",
                }
            )
        ).Expect(204);

    /// <summary>How the shop wants to be told; always awake unless the test says otherwise.</summary>
    public async Task SettingsAsync(
        string language = "en",
        string? email = null,
        string[]? optOut = null,
        string quietFrom = "00:00",
        string quietTo = "00:00"
    ) =>
        (
            await server.Admin.PutJson(
                $"/api/v1/merchants/{merchant}/notifications",
                new
                {
                    language,
                    email,
                    optOut,
                    quietHours = new { from = quietFrom, to = quietTo },
                }
            )
        ).Expect(204);

    public async Task<string> LockAsync(Cause cause = Cause.HardwareFault, DoorTerminal? on = null)
    {
        var id = TestTerminal.NewId();
        await (on ?? terminal).Report(Shop.Raise(id, cause));
        return id;
    }

    public Task EndAsync(string lockId) =>
        terminal.Report(new LockEnded(lockId, WayOut.SelfTest, Shop.Clock));

    public async Task<JsonElement[]> RecordsAsync(string? about = null) =>
        [
            .. (
                await server.Admin.Get(
                    about is null
                        ? "/api/v1/notifications?limit=200"
                        : $"/api/v1/notifications?about={Uri.EscapeDataString(about)}"
                )
            )
                .Expect(200)
                .Json.GetProperty("items")
                .EnumerateArray(),
        ];

    public async Task<JsonElement[]> RecordsWhenAsync(Func<JsonElement[], bool> wanted)
    {
        JsonElement[] records = [];
        for (var i = 0; i < 400; i++)
        {
            records = await RecordsAsync();
            if (wanted(records))
            {
                return records;
            }
            await Task.Delay(25);
        }
        throw new TimeoutException($"Still {string.Join('\n', records)}");
    }

    public static bool Is(JsonElement record, string kind, string status) =>
        record.GetProperty("kind").GetString() == kind
        && record.GetProperty("status").GetString() == status;

    public async ValueTask DisposeAsync()
    {
        terminal.Dispose();
        await gateway.DisposeAsync();
        await server.DisposeAsync();
    }
}
