using Tillkeeper.Core.Rules.Networks;

namespace Tillkeeper.Core.Rules.Environments;

/// <summary>The next hop, as a terminal sees it.</summary>
/// <param name="Mac">Lower-case, <c>02:1b:…</c>; null where there is none.</param>
public sealed record GatewayReport(string Address, string? Mac = null);

/// <summary>What a terminal says of where it is, in each heartbeat (C6). All of it may be missing, none of it is believed alone.</summary>
/// <param name="Iccid">Of the SIM card in use.</param>
/// <param name="CellId">As the modem names it, e.g. <c>460-00-1a2b-3c4d</c>.</param>
/// <param name="Proxy">Host and port, never a name or a password.</param>
public sealed record EnvironmentReport(
    LinkKind? Link = null,
    GatewayReport? Gateway = null,
    string? Ssid = null,
    string? Bssid = null,
    string? Iccid = null,
    string? CellId = null,
    string? Proxy = null,
    Position? Position = null
)
{
    /// <summary>Longer than any of these ever is.</summary>
    public const int LongestText = 128;

    public static EnvironmentReport Nothing { get; } = new();

    /// <summary>Without what is empty, too long or impossible: a report is never refused for it.</summary>
    public EnvironmentReport Tidy() =>
        this with
        {
            Gateway = Fit(Gateway?.Address) is { } address
                ? new GatewayReport(address, Fit(Gateway!.Mac))
                : null,
            Ssid = Fit(Ssid),
            Bssid = Fit(Bssid),
            Iccid = Fit(Iccid),
            CellId = Fit(CellId),
            Proxy = Fit(Proxy),
            Position = Position is { IsPossible: true } ? Position : null,
        };

    private static string? Fit(string? text) =>
        text is { Length: > 0 and <= LongestText } ? text : null;
}
