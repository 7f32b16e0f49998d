using System.Text.Json.Serialization;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Core.Rules.Networks;

/// <summary>By what a terminal is connected.</summary>
[JsonConverter(typeof(SnakeCaseEnum<LinkKind>))]
public enum LinkKind
{
    /// <summary>No way out: no default route, or its interface is down.</summary>
    None,
    Ethernet,
    Wifi,
    Cellular,
    Other,
}

/// <summary>One attempt to connect to a host over TCP.</summary>
/// <param name="LatencyMs">From the first packet to the connection; null when there was none.</param>
/// <param name="NameFailed">The name had no address: nothing was sent.</param>
public sealed record Reach(bool Reached, int? LatencyMs = null, bool NameFailed = false);

/// <summary>What one round of measuring saw.</summary>
/// <param name="AtMs">Milliseconds of the boot clock.</param>
/// <param name="Payment">The host that payments go to; null when none is configured.</param>
/// <param name="Gateway">Does the next hop answer? Null when the link has none that could be asked (a modem).</param>
public sealed record NetworkSample(
    long AtMs,
    LinkKind Link,
    Reach Server,
    Reach? Payment = null,
    bool? Gateway = null
)
{
    /// <summary>
    /// Was what payments need out of reach? Where their host is known, that host; otherwise the line as a whole: a server that
    /// alone does not answer says nothing about the shop's network, and whatever answers proves a link, known or not.
    /// </summary>
    public bool IsLost =>
        Payment is { } host
            ? !host.Reached
            : !Server.Reached && (Link == LinkKind.None || Gateway == false);
}
