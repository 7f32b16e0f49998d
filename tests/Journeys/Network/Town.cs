using Tillkeeper.Journeys.Harness;

namespace Tillkeeper.Journeys.Network;

/// <summary>
/// A shop with its router, a phone that can share its connection, and the rest of the world with server and payment host. Both the router
/// and the phone hide what is behind them, as real ones do.
/// </summary>
internal sealed class Town : IAsyncDisposable
{
    public const string ServerAddress = "198.51.100.2";
    public const string PaymentAddress = "198.51.100.3";
    public const int PaymentPort = 443;
    public const string ShopsNetwork = "198.51.100.0/24";
    private const string Router = "192.168.77.1";
    private const string PhoneAddress = "172.20.10.1";
    private readonly List<IDisposable> listeners = [];

    private Town(
        NetworkNamespace shop,
        NetworkNamespace router,
        NetworkNamespace phone,
        NetworkNamespace world
    ) => (Shop, TheRouter, Phone, World) = (shop, router, phone, world);

    public NetworkNamespace Shop { get; }
    public NetworkNamespace TheRouter { get; }
    public NetworkNamespace Phone { get; }
    public NetworkNamespace World { get; }

    public static async Task<Town> Build(string name)
    {
        var town = new Town(
            await NetworkNamespace.Make($"{name}-shop"),
            await NetworkNamespace.Make($"{name}-router"),
            await NetworkNamespace.Make($"{name}-phone"),
            await NetworkNamespace.Make($"{name}-world")
        );
        await NetworkNamespace.Connect(
            (town.Shop, "eth0", "192.168.77.2/24"),
            (town.TheRouter, "inside", $"{Router}/24")
        );
        await NetworkNamespace.Connect(
            (town.Shop, "wlan0", "172.20.10.2/28"),
            (town.Phone, "inside", $"{PhoneAddress}/28")
        );
        await NetworkNamespace.Connect(
            (town.TheRouter, "outside", "198.51.100.1/24"),
            (town.World, "line", $"{ServerAddress}/24")
        );
        await NetworkNamespace.Connect(
            (town.Phone, "outside", "203.0.113.9/24"),
            (town.World, "mobile", "203.0.113.1/24")
        );
        await town.World.Ip("addr", "add", $"{PaymentAddress}/24", "dev", "line");
        await town.Phone.Ip("route", "add", "default", "via", "203.0.113.1");
        foreach (var hop in new[] { town.TheRouter, town.Phone })
        {
            await hop.Exec("sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward");
            await hop.Exec("nft", "add", "table", "ip", "nat");
            await hop.Exec(
                "nft",
                "add chain ip nat out { type nat hook postrouting priority 100 ; }"
            );
            await hop.Exec(
                "nft",
                "add",
                "rule",
                "ip",
                "nat",
                "out",
                "oifname",
                "outside",
                "masquerade"
            );
            await hop.Exec("nft", "add", "table", "ip", "cut");
            await hop.Exec(
                "nft",
                "add chain ip cut through { type filter hook forward priority 0 ; }"
            );
        }
        town.listeners.Add(town.World.Serve(PaymentAddress, PaymentPort));
        await town.PlugIn();
        return town;
    }

    /// <summary>The shop's cable in the shop's router.</summary>
    public async Task PlugIn()
    {
        await Shop.Ip("link", "set", "eth0", "up");
        await Shop.Ip("route", "replace", "default", "via", Router);
    }

    /// <summary>The cable pulled, a phone's hotspot joined instead.</summary>
    public async Task JoinPhone()
    {
        await Shop.Ip("link", "set", "eth0", "down");
        await Shop.Ip("route", "replace", "default", "via", PhoneAddress);
    }

    /// <summary>The router lets nothing more through to this address.</summary>
    public Task Cut(string address) =>
        TheRouter.Exec(
            "nft",
            "add",
            "rule",
            "ip",
            "cut",
            "through",
            "ip",
            "daddr",
            address,
            "drop"
        );

    public Task Mend() => TheRouter.Exec("nft", "flush", "chain", "ip", "cut", "through");

    public async ValueTask DisposeAsync()
    {
        listeners.ForEach(l => l.Dispose());
        foreach (var network in new[] { Shop, TheRouter, Phone, World })
        {
            await network.DisposeAsync();
        }
    }
}
