using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Terminals;

namespace Tillkeeper.Server.Crisis;

/// <summary>
/// What the locked terminals have in common that the fleet has not: for each value of each property its share among the locked and its
/// share in the fleet, the widest gap first. Runs shortly after a crisis opens, and again while it grows.
/// </summary>
internal sealed class CommonFactors(Presence presence) : ITimerHandler
{
    private const int MostTerminals = 50_000;
    private const int MostFactors = 10;

    /// <summary>What fewer of the locked ones share explains little.</summary>
    private const double LeastShare = 0.2;
    private const double LeastGap = 0.05;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private const string Locked = """
        SELECT h.terminal, t.version, t.model, h.place, coalesce(h.part, '') FROM rule_hits h JOIN terminals t ON t.id = h.terminal
        WHERE h.rule = $1 AND h.effect = 'lock' AND h.at BETWEEN $2 AND $3
        UNION ALL SELECT b.terminal, t.version, t.model, b.place, ''
        FROM batch_locks b JOIN terminals t ON t.id = b.terminal WHERE b.batch = $4
        LIMIT $5
        """;

    private sealed record Hit(
        string Terminal,
        string Version,
        string Model,
        string Place,
        string Part
    );

    public string Kind => CrisisStreams.AnalysisTimer;

    public void Fire(Work work, string key)
    {
        var crisis = work.Load(CrisisStreams.Kind, key);
        var (locked, factors) = Find(work.Views, crisis);
        var grows = crisis.IsActive && (locked != crisis.Locked || crisis.Factors.IsEmpty);
        work.Append(
            CrisisStreams.Kind,
            key,
            key,
            [new CrisisAnalysed(locked, factors, grows ? work.Now + Pause : null)]
        );
    }

    private (int Locked, IReadOnlyList<Factor> Factors) Find(Views views, CrisisState crisis)
    {
        var hits = views.Query(
            Locked,
            r => new Hit(
                r.GetString(0),
                r.GetString(1),
                r.GetString(2),
                r.GetString(3),
                r.GetString(4)
            ),
            crisis.Rule is { } rule ? Words.Of(rule) : null,
            crisis.Since.ToUnixTimeMilliseconds(),
            crisis.Until?.ToUnixTimeMilliseconds() ?? long.MaxValue,
            crisis.Batch,
            MostTerminals
        );
        var terminals = hits.Select(h => h.Terminal).Distinct(StringComparer.Ordinal).Count();
        var fleet = new FleetShares(views, presence);
        var factors = hits.SelectMany(h => Values(h).Select(v => (h.Terminal, v.Name, v.Value)))
            .Distinct()
            .GroupBy(v => (v.Name, v.Value))
            .Select(g => (g.Key, Count: g.Count(), Share: (double)g.Count() / terminals))
            .Where(g => g.Share >= LeastShare)
            .Select(g => new Factor(
                g.Key.Name,
                g.Key.Value,
                g.Count,
                Math.Round(g.Share, 4),
                fleet.Of(g.Key.Name, g.Key.Value)
            ))
            .Where(f => GapOf(f) >= LeastGap)
            .OrderByDescending(GapOf)
            .ThenBy(f => f.Name, StringComparer.Ordinal)
            .ThenBy(f => f.Value, StringComparer.Ordinal)
            .Take(MostFactors);
        return (terminals, [.. factors]);
    }

    private static double GapOf(Factor factor) => factor.LockedShare - (factor.FleetShare ?? 0);

    private IEnumerable<(string Name, string Value)> Values(Hit hit)
    {
        yield return ("version", hit.Version);
        yield return ("model", hit.Model);
        var steps = hit.Place.Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < steps.Length; i++)
        {
            yield return (i == steps.Length - 1 ? "merchant" : "org", steps[i]);
        }
        if (presence.NetworkOf(hit.Terminal) is { } network)
        {
            yield return ("network", network);
        }
        if (hit.Part.Length > 0)
        {
            yield return ("part", hit.Part);
        }
    }
}
