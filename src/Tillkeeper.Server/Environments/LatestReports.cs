using System.Collections.Concurrent;
using System.Net;
using Tillkeeper.Core.Rules.Environments;
using Tillkeeper.Core.Rules.Networks;

namespace Tillkeeper.Server.Environments;

/// <summary>What a terminal last said of its network and of where it is.</summary>
/// <param name="Source">The address that the server saw.</param>
internal sealed record LatestReport(
    DateTimeOffset At,
    IPAddress? Source,
    EnvironmentReport Environment,
    NetworkMeasures? Network = null
);

/// <summary>The last heartbeat of each terminal. In memory: heartbeats never touch the disk.</summary>
internal sealed class LatestReports
{
    private readonly ConcurrentDictionary<string, LatestReport> latest = new(
        StringComparer.Ordinal
    );

    public void Put(string terminal, LatestReport report) => latest[terminal] = report;

    public LatestReport? Of(string terminal) => latest.GetValueOrDefault(terminal);
}
