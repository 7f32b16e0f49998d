using System.Net;
using Tillkeeper.Journeys.Harness;

namespace Tillkeeper.Journeys.Hooks;

/// <summary>
/// A network port as the thing that is locked (G2): a gateway between a shop's network and the rest, its port shut and opened by a
/// real agent's hook with real nftables, real traffic through it.
/// </summary>
public sealed class NetworkPortTests
{
    private const string Beyond = "10.77.2.2";
    private const int Port = 9001;

    [Fact]
    public async Task A_lock_shuts_the_port_and_its_release_opens_it_while_no_other_lock_stands()
    {
        await using var shop = await NetworkNamespace.Make("shop");
        await using var gateway = await NetworkNamespace.Make("gw");
        await using var rest = await NetworkNamespace.Make("rest");
        await Wire(shop, gateway, rest);
        using var beyond = rest.Serve(Beyond, Port);
        using var here = gateway.Serve("10.77.1.1", Port);
        using var other = gateway.Serve("10.77.2.1", Port);
        Assert.True(await shop.Reaches(Beyond, Port));

        await using var server = await RunningServer.Start();
        using var hooks = new HookFolder();
        hooks.Install(
            "network-port",
            $"INTERFACES=shop0\nNFT=\"ip netns exec {gateway.Name} nft\""
        );
        await using var agent = await RunningAgent.Start(server, null, "--hooks", hooks.Path);
        var path = $"/api/v1/terminals/{agent.Terminal}/locks";

        var first = await Lock(server, path);
        await Become(shop, reached: false);
        Assert.False(await shop.Reaches("10.77.1.1", Port));
        Assert.True(await rest.Reaches("10.77.2.1", Port), "the other port stays open");

        var second = await Lock(server, path);
        (await server.Admin.Post($"{path}/{first}/release", new { reason = "done" })).Expect(
            HttpStatusCode.Accepted
        );
        await agent.Local.Until("/local/v1/status", a => a.Locks.Length == 1);
        Assert.False(await shop.Reaches(Beyond, Port));

        // Killed while shut, and the rules gone with a restart of the machine: the start shuts it again.
        await agent.Program.Kill();
        await gateway.Exec("nft", "flush", "ruleset");
        Assert.True(await shop.Reaches(Beyond, Port));
        await agent.StartReady();
        await Become(shop, reached: false);

        // Released while nothing runs: the start hears of it from the server, and opens.
        await agent.Program.Kill();
        (await server.Admin.Post($"{path}/{second}/release", new { reason = "done" })).Expect(
            HttpStatusCode.Accepted
        );
        await agent.StartReady();
        await Become(shop, reached: true);
        Assert.True(await shop.Reaches("10.77.1.1", Port));
        Assert.DoesNotContain(
            "tillkeeper",
            await gateway.Exec("nft", "list", "tables"),
            StringComparison.Ordinal
        );
    }

    private static async Task Wire(
        NetworkNamespace shop,
        NetworkNamespace gateway,
        NetworkNamespace rest
    )
    {
        await NetworkNamespace.Connect(
            (shop, "eth0", "10.77.1.2/24"),
            (gateway, "shop0", "10.77.1.1/24")
        );
        await NetworkNamespace.Connect(
            (rest, "eth0", $"{Beyond}/24"),
            (gateway, "rest0", "10.77.2.1/24")
        );
        await shop.Ip("route", "add", "default", "via", "10.77.1.1");
        await rest.Ip("route", "add", "default", "via", "10.77.2.1");
        await gateway.Exec("sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward");
    }

    private static async Task<string> Lock(RunningServer server, string path) =>
        (await server.Admin.Post(path, new { cause = "remote", reason = "test" }))
            .Expect(HttpStatusCode.Accepted)
            .Text("lockId");

    private static async Task Become(NetworkNamespace shop, bool reached)
    {
        var end = Environment.TickCount64 + 30_000;
        while (await shop.Reaches(Beyond, Port) != reached)
        {
            Assert.True(
                Environment.TickCount64 < end,
                $"The other side should be reached: {reached}."
            );
            await Task.Delay(50);
        }
    }
}
