using System.Net;
using Tillkeeper.Agent.Hosting;
using Tillkeeper.Agent.Sensors.Network;
using Tillkeeper.Core.Rules.Environments;
using Tillkeeper.Core.Rules.Networks;

namespace Tillkeeper.Agent.Tests.Sensors.Network;

/// <summary>What <c>/proc/net</c> and <c>/sys/class/net</c> say, read under another root.</summary>
public sealed class LinkReaderTests : IDisposable
{
    private const string RouteHead =
        "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n";
    private const string ArpHead =
        "IP address       HW type     Flags       HW address            Mask     Device\n";
    private readonly string root = Directory.CreateTempSubdirectory("tillkeeper-sysfs-").FullName;

    [Fact]
    public void A_cable_with_a_router_that_answers()
    {
        Device("eth0", "up", "1");
        Write(
            "proc/net/route",
            RouteHead + "eth0\t00000000\t0101A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0\n"
        );
        Write(
            "proc/net/arp",
            ArpHead
                + "192.168.1.1      0x1         0x2         02:1B:aa:00:00:01     *        eth0\n"
        );

        Assert.Equal(
            new LinkNow(
                LinkKind.Ethernet,
                new GatewayReport("192.168.1.1", "02:1b:aa:00:00:01"),
                true
            ),
            Read()
        );
    }

    [Theory]
    [InlineData(
        "192.168.1.1      0x1         0x0         00:00:00:00:00:00     *        eth0\n",
        false
    )]
    [InlineData(
        "192.168.1.1      0x1         0x2         02:1b:aa:00:00:01     *        eth9\n",
        null
    )]
    [InlineData("", null)]
    public void A_router_that_does_not_answer_or_was_not_asked(string arp, bool? answers)
    {
        Device("eth0", "up", "1");
        Write(
            "proc/net/route",
            RouteHead + "eth0\t00000000\t0101A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0\n"
        );
        Write("proc/net/arp", ArpHead + arp);

        var read = Read();

        Assert.Equal(answers, read.GatewayAnswers);
        Assert.Equal(new GatewayReport("192.168.1.1"), read.Gateway);
    }

    [Fact]
    public void The_route_with_the_smallest_metric_counts_and_a_modem_has_no_router_to_ask()
    {
        Device("wlan0", "down", "1");
        Device("ppp0", "unknown", "512");
        Write(
            "proc/net/route",
            RouteHead
                + "wlan0\t00000000\t0101A8C0\t0003\t0\t0\t600\t00000000\t0\t0\t0\n"
                + "ppp0\t00000000\t00000000\t0001\t0\t0\t50\t00000000\t0\t0\t0\n"
        );

        Assert.Equal(new LinkNow(LinkKind.Cellular), Read());
    }

    [Fact]
    public void Wifi_is_told_from_a_cable_and_a_mobile_device_from_both()
    {
        Device("wlp2s0", "up", "1", "DEVTYPE=wlan");
        Device("usb0", "up", "1", "DEVTYPE=wwan");

        Write(
            "proc/net/route",
            RouteHead + "wlp2s0\t00000000\t0101A8C0\t0003\t0\t0\t0\t00000000\t0\t0\t0\n"
        );
        Assert.Equal(LinkKind.Wifi, Read().Kind);

        Write(
            "proc/net/route",
            RouteHead + "usb0\t00000000\t0101A8C0\t0003\t0\t0\t0\t00000000\t0\t0\t0\n"
        );
        Assert.Equal(LinkKind.Cellular, Read().Kind);
    }

    [Fact]
    public void A_pulled_plug_no_route_and_an_unreadable_root_are_no_link()
    {
        Assert.Equal(LinkNow.None, Read());

        Device("eth0", "down", "1");
        Write(
            "proc/net/route",
            RouteHead + "eth0\t0001A8C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0\n"
        );
        Assert.Equal(LinkNow.None, Read());

        Write(
            "proc/net/route",
            RouteHead + "eth0\t00000000\t0101A8C0\t0003\t0\t0\t0\t00000000\t0\t0\t0\n"
        );
        Assert.Equal(LinkNow.None, Read());
    }

    [Fact]
    public void A_network_of_IPv6_alone_is_a_link()
    {
        Device("eth0", "up", "1");
        Write("proc/net/route", RouteHead);
        var zero = new string('0', 32);
        Write(
            "proc/net/ipv6_route",
            $"{zero} 00 {zero} 00 fe80{new string('0', 27)}1 00000400 00000001 00000000 00000003     eth0\n"
        );

        Assert.Equal(new LinkNow(LinkKind.Ethernet), Read());
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    private LinkNow Read() =>
        new LinkReader(
            new AgentOptions(
                "",
                new Uri("https://127.0.0.1"),
                "",
                null,
                new IPEndPoint(IPAddress.Loopback, 0),
                Sysfs: root
            )
        ).Read();

    private void Device(string name, string state, string type, string uevent = "")
    {
        Write($"sys/class/net/{name}/operstate", state + "\n");
        Write($"sys/class/net/{name}/type", type + "\n");
        Write($"sys/class/net/{name}/uevent", uevent + "\n");
    }

    private void Write(string path, string content)
    {
        var file = Path.Combine(root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content);
    }
}
