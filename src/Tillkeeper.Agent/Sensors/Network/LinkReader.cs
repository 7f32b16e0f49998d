using System.Globalization;
using System.Net;
using Tillkeeper.Agent.Hosting;
using Tillkeeper.Core.Rules.Environments;
using Tillkeeper.Core.Rules.Networks;

namespace Tillkeeper.Agent.Sensors.Network;

/// <summary>By what the terminal is connected now.</summary>
/// <param name="GatewayAnswers">Null when there is no next hop that could be asked, or nothing was sent to it lately.</param>
internal sealed record LinkNow(
    LinkKind Kind,
    GatewayReport? Gateway = null,
    bool? GatewayAnswers = null
)
{
    public static LinkNow None { get; } = new(LinkKind.None);
}

/// <summary>Reads the default route, its interface and its next hop from <c>/proc/net</c> and <c>/sys/class/net</c> (proc(5), sysfs).</summary>
internal sealed class LinkReader(AgentOptions options)
{
    private const int RouteIsUp = 0x1;
    private const int NeighbourIsComplete = 0x2;
    private const string PointToPoint = "512"; // ARPHRD_PPP
    private const string Ethernet = "1"; // ARPHRD_ETHER

    /// <summary>What cannot be read is not there.</summary>
    public LinkNow Read()
    {
        if ((DefaultRoute() ?? DefaultRoute6()) is not var (device, gateway) || !IsUp(device))
        {
            return LinkNow.None;
        }
        var kind = KindOf(device);
        if (gateway is null)
        {
            return new LinkNow(kind);
        }
        var (answers, mac) = Neighbour(gateway, device);
        return new LinkNow(kind, new GatewayReport(gateway.ToString(), mac), answers);
    }

    /// <summary>The default route with the smallest metric.</summary>
    private (string Device, IPAddress? Gateway)? DefaultRoute() =>
        Rows("proc/net/route")
            .Where(r =>
                r.Length >= 8
                && r[1] == "00000000"
                && r[7] == "00000000"
                && (Hex(r[3]) & RouteIsUp) != 0
            )
            .OrderBy(r =>
                int.TryParse(r[6], CultureInfo.InvariantCulture, out var m) ? m : int.MaxValue
            )
            .Select(
                (string, IPAddress?)? (r) => (r[0], r[2] == "00000000" ? null : AddressOf(r[2]))
            )
            .FirstOrDefault();

    /// <summary>Only IPv6: the interface is known, its next hop is not looked at.</summary>
    private (string Device, IPAddress? Gateway)? DefaultRoute6() =>
        Rows("proc/net/ipv6_route")
            .Where(r => r.Length >= 10 && r[0].All(c => c == '0') && r[1] == "00" && r[9] != "lo")
            .Select((string, IPAddress?)? (r) => (r[9], null))
            .FirstOrDefault();

    private (bool? Answers, string? Mac) Neighbour(IPAddress gateway, string device)
    {
        var row = Rows("proc/net/arp")
            .FirstOrDefault(r => r.Length >= 6 && r[0] == gateway.ToString() && r[5] == device);
        if (row is null)
        {
            return (null, null);
        }
        var answers =
            (Hex(row[2].Replace("0x", "", StringComparison.Ordinal)) & NeighbourIsComplete) != 0;
        return (answers, answers ? row[3].ToLowerInvariant() : null);
    }

    /// <summary>A modem says <c>unknown</c> while it works.</summary>
    private bool IsUp(string device) =>
        Text($"sys/class/net/{device}/operstate")
            is not ("down" or "lowerlayerdown" or "notpresent");

    private LinkKind KindOf(string device)
    {
        var folder = $"sys/class/net/{device}";
        var uevent = Text($"{folder}/uevent") ?? "";
        if (
            Directory.Exists(Path.Combine(options.Sysfs, folder, "wireless"))
            || Directory.Exists(Path.Combine(options.Sysfs, folder, "phy80211"))
            || uevent.Contains("DEVTYPE=wlan", StringComparison.Ordinal)
        )
        {
            return LinkKind.Wifi;
        }
        var type = Text($"{folder}/type");
        if (
            type == PointToPoint
            || uevent.Contains("DEVTYPE=wwan", StringComparison.Ordinal)
            || new[] { "ppp", "wwan", "rmnet", "ccmni" }.Any(p =>
                device.StartsWith(p, StringComparison.Ordinal)
            )
        )
        {
            return LinkKind.Cellular;
        }
        return type == Ethernet ? LinkKind.Ethernet : LinkKind.Other;
    }

    private IEnumerable<string[]> Rows(string path) =>
        (Text(path) ?? "")
            .Split('\n')
            .Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private string? Text(string path)
    {
        try
        {
            return File.ReadAllText(Path.Combine(options.Sysfs, path)).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>As the kernel writes it: the bytes of the address as one number of this machine.</summary>
    private static IPAddress AddressOf(string hex) => new((uint)Hex(hex));

    private static long Hex(string text) =>
        long.TryParse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;
}
