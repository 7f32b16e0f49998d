using Tillkeeper.Agent.Clock;
using Tillkeeper.Core.Rules.Environments;

namespace Tillkeeper.Agent.Sensors.Network;

/// <summary>
/// Where this terminal is, as far as it can tell (C6): what the kernel knows of the link, and what the vendor's program reports of Wi-Fi,
/// SIM and position. In memory; the server judges.
/// </summary>
internal sealed class Surroundings(DeviceClock clock)
{
    /// <summary>A program that stopped reporting knows nothing any more.</summary>
    private static readonly TimeSpan Forgotten = TimeSpan.FromHours(1);

    private static readonly string[] ProxyVariables =
    [
        "https_proxy",
        "HTTPS_PROXY",
        "http_proxy",
        "HTTP_PROXY",
        "all_proxy",
        "ALL_PROXY",
    ];

    private readonly System.Threading.Lock gate = new();
    private readonly string? proxy = FindProxy(Environment.GetEnvironmentVariable);
    private LinkNow link = LinkNow.None;
    private (EnvironmentReport Report, long At, TimeSpan PositionAge)? vendor;

    /// <summary>What the next heartbeat says.</summary>
    public EnvironmentReport Report
    {
        get
        {
            lock (gate)
            {
                var told = Told() ?? EnvironmentReport.Nothing;
                return told with { Link = link.Kind, Gateway = link.Gateway, Proxy = proxy };
            }
        }
    }

    /// <summary>True when the link is another one than before.</summary>
    public bool See(LinkNow now)
    {
        lock (gate)
        {
            var isNew = (now.Kind, now.Gateway) != (link.Kind, link.Gateway);
            link = now;
            return isNew;
        }
    }

    /// <summary>Takes what the vendor's program knows, in the place of what it said before. True when it is something else.</summary>
    public bool Take(EnvironmentReport report)
    {
        var now = clock.Now;
        var age =
            report.Position is { At: var at } && at < now.Shown ? now.Shown - at : TimeSpan.Zero;
        lock (gate)
        {
            var before = vendor?.Report;
            vendor = (report, now.Clock.Ms, age);
            return before is null || before != report with { Position = before.Position };
        }
    }

    /// <summary>The position's time moves along with what the terminal takes for the time of day: its age is what counts.</summary>
    private EnvironmentReport? Told()
    {
        if (vendor is not var (report, at, positionAge))
        {
            return null;
        }
        var now = clock.Now;
        var since = TimeSpan.FromMilliseconds(now.Clock.Ms - at);
        if (since > Forgotten)
        {
            return null;
        }
        return report with
        {
            Position = report.Position is { } position
                ? position with
                {
                    At = now.Shown - since - positionAge,
                }
                : null,
        };
    }

    /// <summary>Host and port of a proxy; who signs in to it with what stays out.</summary>
    internal static string? FindProxy(Func<string, string?> variable) =>
        ProxyVariables
            .Select(variable)
            .Where(v => !string.IsNullOrWhiteSpace(v))
            .Select(v => v!.Contains("://", StringComparison.Ordinal) ? v : $"tcp://{v}")
            .Select(v => Uri.TryCreate(v, UriKind.Absolute, out var url) ? url : null)
            .OfType<Uri>()
            .Select(url => url.Port > 0 ? $"{url.IdnHost}:{url.Port}" : url.IdnHost)
            .FirstOrDefault(p => p.Length <= EnvironmentReport.LongestText);
}
