using System.Collections.Concurrent;
using Tillkeeper.Core.Rules.Environments;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Environments;

/// <summary>What is remembered between two heartbeats of a terminal; in memory, for a restart only makes it wait a little longer.</summary>
internal sealed class Track
{
    /// <summary>What was last judged; the same again needs no second look.</summary>
    public string? Seen { get; set; }

    /// <summary>When to look again although nothing changes; null when only a change matters.</summary>
    public DateTimeOffset? LookAt { get; set; }
    public Dwell? Environment { get; set; }
    public Dwell? Location { get; set; }
    public Position? Position { get; set; }
    public DateTimeOffset? Jumped { get; set; }
}

/// <summary>
/// Looks at each heartbeat, and has it judged only when something has changed or a condition has lasted: a fleet that stands still
/// costs the appender nothing.
/// </summary>
internal sealed class EnvironmentWatch(
    LatestReports reports,
    Sightings sightings,
    EnvironmentJudging judging,
    Appender appender
)
{
    /// <summary>A position that moved less than this, and less than it is unsure of, is the same.</summary>
    private const double SamePlaceM = 100;

    private readonly ConcurrentDictionary<string, Track> tracks = new(StringComparer.Ordinal);

    /// <summary>Takes a heartbeat's report. Returns once what followed from it is durable.</summary>
    public async Task TakeAsync(TerminalState terminal, LatestReport report, Act act)
    {
        reports.Put(terminal.Id, report);
        var track = tracks.GetOrAdd(terminal.Id, _ => new Track());
        if (!IsNews(track, terminal, report))
        {
            return;
        }
        var sighting = sightings.Of(terminal.Id, report.Environment, report.Source);
        await appender.Run(
            act,
            work =>
            {
                judging.Look(work, terminal.Id, sighting, report.Environment.Position, track);
                return true;
            }
        );
    }

    /// <summary>Something else changed what the next heartbeat means: an answer, a move.</summary>
    public void LookAgain(string terminal)
    {
        if (tracks.TryGetValue(terminal, out var track))
        {
            track.Seen = null;
        }
    }

    private static bool IsNews(Track track, TerminalState terminal, LatestReport report)
    {
        var profile = terminal.Profile!;
        var seen = string.Join(
            '|',
            report.Source,
            report.Environment with
            {
                Position = null,
            },
            terminal.Epoch,
            terminal.PolicyVersion,
            profile.Location,
            string.Join(',', profile.Networks)
        );
        var isNews =
            track.Seen != seen
            || track.LookAt <= report.At
            || (
                report.Environment.Position is { } now
                && (
                    track.Position is not { } before
                    || now.MetresTo(before.Lat, before.Lon) > Math.Max(SamePlaceM, now.AccuracyM)
                )
            );
        track.Seen = seen;
        return isNews;
    }
}
