using System.Globalization;
using Tillkeeper.Core.Locks;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Terminals;

namespace Tillkeeper.Server.Watch;

/// <summary>
/// Many terminals of one part of the tree, or of one network, go offline within minutes: one alert that names what they share, never one
/// for each. It clears itself when more than half of them are back.
/// </summary>
internal static class Outages
{
    public const string AlertKind = "many_offline";
    internal const int Least = 5;
    private const double LeastShare = 0.5;
    private const int MostLooked = 20_000;
    private const int MostAlerts = 20;
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(5);

    private sealed record Lost(string Terminal, string Place);

    /// <param name="Group">A place such as <c>/ORG/</c>, or a network such as <c>203.0.113.0/24</c>.</param>
    private sealed record Outage(string Group, int Offline, int Known);

    public static void Look(Work work, Presence presence)
    {
        var lost = work.Views.Query(
            "SELECT p.terminal, t.place FROM presence p JOIN terminals t ON t.id = p.terminal WHERE p.online = 0 AND p.since >= $1 LIMIT $2",
            r => new Lost(r.GetString(0), r.GetString(1)),
            (work.Now - Within).ToUnixTimeMilliseconds(),
            MostLooked
        );
        foreach (var outage in ByPlace(work.Views, lost).Concat(ByNetwork(lost, presence)))
        {
            Raise(work, outage);
        }
        ClearWhatIsOver(work, presence);
    }

    /// <summary>The widest parts of the tree first; what lies inside one that is told already is not told again.</summary>
    private static List<Outage> ByPlace(Views views, List<Lost> lost)
    {
        List<Outage> found = [];
        var groups = lost.SelectMany(l => PlacesAbove(l.Place))
            .GroupBy(place => place, StringComparer.Ordinal)
            .Where(g => g.Count() >= Least)
            .OrderBy(g => g.Key.Length)
            .ThenBy(g => g.Key, StringComparer.Ordinal);
        foreach (var group in groups)
        {
            if (
                found.Count < MostAlerts
                && !found.Exists(o => group.Key.StartsWith(o.Group, StringComparison.Ordinal))
                && CountAt(views, group.Key) is var (offline, known)
                && offline >= LeastShare * known
            )
            {
                found.Add(new Outage(group.Key, offline, known));
            }
        }
        return found;
    }

    private static IEnumerable<Outage> ByNetwork(List<Lost> lost, Presence presence) =>
        lost.GroupBy(l => presence.NetworkOf(l.Terminal), StringComparer.Ordinal)
            .Where(g => g.Key is not null && g.Count() >= Least)
            .Select(g => OfNetwork(presence, g.Key!))
            .Where(o => o.Offline >= LeastShare * o.Known)
            .Take(MostAlerts);

    private static Outage OfNetwork(Presence presence, string network)
    {
        var (offline, known) = presence.CountIn(network);
        return new Outage(network, offline, known);
    }

    private static void Raise(Work work, Outage outage)
    {
        var key = $"{AlertKind}/{outage.Group}";
        var isOpen = work.Views.Scalar(
            "SELECT 1 FROM alerts WHERE key = $1 AND status = 'open'",
            key
        );
        if (isOpen is not null)
        {
            return;
        }
        var isPlace = outage.Group.StartsWith('/');
        Alerts.Raise(
            work,
            new NewAlert(
                AlertKind,
                key,
                Severity.High,
                isPlace ? outage.Group : "/",
                Facts: new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["where"] = isPlace ? NameOf(work.Views, outage.Group) : outage.Group,
                    ["group"] = outage.Group,
                    ["offline"] = outage.Offline.ToString(CultureInfo.InvariantCulture),
                    ["known"] = outage.Known.ToString(CultureInfo.InvariantCulture),
                }
            )
        );
    }

    private static void ClearWhatIsOver(Work work, Presence presence)
    {
        var open = work.Views.Query(
            "SELECT key FROM alerts WHERE kind = $1 AND status = 'open' LIMIT $2",
            r => r.GetString(0),
            AlertKind,
            MostAlerts * 10
        );
        foreach (var key in open)
        {
            var group = key[(AlertKind.Length + 1)..];
            var (offline, known) = group.StartsWith('/')
                ? CountAt(work.Views, group)
                : presence.CountIn(group);
            if (offline < LeastShare * known)
            {
                Alerts.Clear(work, key);
            }
        }
    }

    private static (int Offline, int Known) CountAt(Views views, string place) =>
        views
            .Query(
                "SELECT count(*), coalesce(sum(p.online = 0), 0) FROM terminals t JOIN presence p ON p.terminal = t.id WHERE t.place >= $1 AND t.place < $2",
                r => (Offline: r.GetInt32(1), Known: r.GetInt32(0)),
                place,
                place + "\uFFFF"
            )
            .Single();

    private static IEnumerable<string> PlacesAbove(string place)
    {
        for (var i = 0; i < place.Length; i++)
        {
            if (place[i] == '/')
            {
                yield return place[..(i + 1)];
            }
        }
    }

    private static string NameOf(Views views, string place) =>
        place == "/"
            ? "/"
            : (string?)views.Scalar("SELECT name FROM orgs WHERE place = $1", place)
                ?? (string?)views.Scalar("SELECT name FROM merchants WHERE place = $1", place)
                ?? place;
}
