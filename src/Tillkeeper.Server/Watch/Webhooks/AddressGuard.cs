using System.Net;
using System.Net.Sockets;

namespace Tillkeeper.Server.Watch.Webhooks;

/// <summary>
/// Where webhooks may go. The address that is really connected to is checked, not the name, so that no name that changes its mind leads
/// into the provider's own network (server-side request forgery, OWASP ASVS 5.0 1.3.6). Addresses of the machine's surroundings, where
/// clouds keep their credentials, are never reached.
/// </summary>
/// <param name="privateNetworks">Private and loopback addresses are allowed, and plain http to loopback ones.</param>
internal sealed class AddressGuard(bool privateNetworks)
{
    private static readonly IPNetwork[] Never =
    [
        IPNetwork.Parse("0.0.0.0/8"),
        IPNetwork.Parse("169.254.0.0/16"),
        IPNetwork.Parse("192.0.0.0/24"),
        IPNetwork.Parse("224.0.0.0/4"),
        IPNetwork.Parse("240.0.0.0/4"),
        IPNetwork.Parse("::/128"),
        IPNetwork.Parse("fe80::/10"),
        IPNetwork.Parse("ff00::/8"),
        // Metadata of AWS over IPv6, of Alibaba Cloud over IPv4.
        IPNetwork.Parse("fd00:ec2::254/128"),
        IPNetwork.Parse("100.100.100.200/32"),
        // An IPv4 address in disguise: translated or tunnelled.
        IPNetwork.Parse("64:ff9b::/96"),
        IPNetwork.Parse("64:ff9b:1::/48"),
        IPNetwork.Parse("2002::/16"),
        IPNetwork.Parse("2001::/32"),
    ];

    private static readonly IPNetwork[] Private =
    [
        IPNetwork.Parse("127.0.0.0/8"),
        IPNetwork.Parse("10.0.0.0/8"),
        IPNetwork.Parse("172.16.0.0/12"),
        IPNetwork.Parse("192.168.0.0/16"),
        IPNetwork.Parse("100.64.0.0/10"),
        IPNetwork.Parse("198.18.0.0/15"),
        IPNetwork.Parse("::1/128"),
        IPNetwork.Parse("fc00::/7"),
        IPNetwork.Parse("fec0::/10"),
    ];

    /// <summary>What is wrong with a URL, as far as it shows without asking anybody; null when nothing is.</summary>
    public string? Problem(Uri url)
    {
        var literal = IPAddress.TryParse(url.IdnHost, out var address);
        var plainAllowed =
            privateNetworks
            && (url.IdnHost == "localhost" || (literal && IPAddress.IsLoopback(address!)));
        if (url.Scheme != Uri.UriSchemeHttps && !(url.Scheme == Uri.UriSchemeHttp && plainAllowed))
        {
            return "Use https.";
        }
        if (url.UserInfo.Length > 0)
        {
            return "Leave names and passwords out of the address; requests are signed.";
        }
        return literal && !Allows(address!)
            ? "This address is not public; start the server with --webhook-private-networks to allow private ones."
            : null;
    }

    public bool Allows(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return !Never.Any(network => network.Contains(plain))
            && (privateNetworks || !Private.Any(network => network.Contains(plain)));
    }

    /// <summary>Connects to the first address of the host that is allowed.</summary>
    public async ValueTask<Stream> Connect(
        SocketsHttpConnectionContext context,
        CancellationToken cancel
    ) =>
        new NetworkStream(
            await Connect(context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancel),
            ownsSocket: true
        );

    /// <exception cref="HttpRequestException">The host has no address that is allowed.</exception>
    /// <exception cref="SocketException">Nobody answers there, or there is no such host.</exception>
    public async Task<Socket> Connect(string host, int port, CancellationToken cancel)
    {
        var addresses = await Dns.GetHostAddressesAsync(host, cancel);
        var allowed = addresses.Where(Allows).ToArray();
        if (allowed.Length == 0)
        {
            throw new HttpRequestException($"{host} has no address that webhooks may go to.");
        }
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, port, cancel);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
