using System.Collections.Immutable;
using System.Net;
using System.Text.Json.Serialization;
using Tillkeeper.Core.Rules.Networks;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Core.Rules.Environments;

/// <summary>By what an environment can be recognised.</summary>
[JsonConverter(typeof(SnakeCaseEnum<Trait>))]
public enum Trait
{
    /// <summary>The hardware address of the next hop.</summary>
    Gateway,

    /// <summary>The hardware address of the Wi-Fi access point (BSSID).</summary>
    AccessPoint,
    WifiName,

    /// <summary>The SIM card (ICCID).</summary>
    Sim,
    Cell,
    Proxy,

    /// <summary>The source address, as the first 24 bits of IPv4 or 48 of IPv6.</summary>
    Network,

    /// <summary>The operator (ASN) that the source address belongs to.</summary>
    Carrier,
    Country,
}

/// <summary>One trait as it was seen. The mark is a keyed hash made by the server: the log recognises it and cannot say it.</summary>
public sealed record Mark(Trait Trait, string Value)
{
    public override string ToString() => $"{Words.Of(Trait)}:{Value}";
}

/// <summary>What is known of a source address.</summary>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
public sealed record AddressOrigin(string Country, long? Asn = null, string? Name = null);

/// <summary>Where a terminal connects from, as it says itself and as the server sees it.</summary>
/// <param name="Source">The address that the server sees, never one from a header; null when unknown.</param>
/// <param name="Gateway">The address of the next hop, as the terminal says.</param>
/// <param name="Marks">What was seen, one mark for each trait.</param>
/// <param name="Origin">From a database of addresses, where one is configured.</param>
public sealed record Sighting(
    LinkKind? Link,
    IPAddress? Source,
    IPAddress? Gateway,
    ImmutableArray<Mark> Marks,
    AddressOrigin? Origin = null
)
{
    private static readonly IPNetwork CarrierNat = IPNetwork.Parse("100.64.0.0/10");
    private static readonly IPNetwork[] Private =
    [
        CarrierNat,
        IPNetwork.Parse("10.0.0.0/8"),
        IPNetwork.Parse("172.16.0.0/12"),
        IPNetwork.Parse("192.168.0.0/16"),
        IPNetwork.Parse("169.254.0.0/16"),
        IPNetwork.Parse("127.0.0.0/8"),
        IPNetwork.Parse("::1/128"),
        IPNetwork.Parse("fc00::/7"),
        IPNetwork.Parse("fe80::/10"),
    ];

    /// <summary>Networks that telephones and laptops open when they share their connection.</summary>
    private static readonly IPNetwork[] Hotspots =
    [
        IPNetwork.Parse("172.20.10.0/28"), // iOS
        IPNetwork.Parse("192.168.43.0/24"), // Android
        IPNetwork.Parse("192.168.49.0/24"), // Wi-Fi Direct
        IPNetwork.Parse("192.168.137.0/24"), // Windows
    ];

    /// <summary>
    /// The source address is shared by many and changes: a mobile network, carrier NAT (RFC 6598), or an address that is nobody's
    /// outside. It says little then.
    /// </summary>
    public bool IsAddressWeak =>
        Link == LinkKind.Cellular || Source is null || Private.Any(n => n.Contains(Source));

    /// <summary>The next hop has an address as private hotspots have.</summary>
    public bool LooksLikeHotspot => Gateway is not null && Hotspots.Any(n => n.Contains(Gateway));

    public Mark? Of(Trait trait) => Marks.FirstOrDefault(m => m.Trait == trait);

    /// <summary>Is the terminal in one of these networks, by the address seen or by that of its next hop?</summary>
    public bool IsIn(IEnumerable<IPNetwork> networks) =>
        networks.Any(n =>
            (Source is not null && n.Contains(Source))
            || (Gateway is not null && n.Contains(Gateway))
        );

    /// <summary>The block of addresses that stands for <paramref name="address"/>, e.g. <c>203.0.113.0/24</c>.</summary>
    public static string BlockOf(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        var kept = bytes.Length == 4 ? 3 : 6;
        bytes.AsSpan(kept).Clear();
        return $"{new IPAddress(bytes)}/{kept * 8}";
    }
}
