using System.Security.Cryptography;
using System.Text;
using Tillkeeper.Core.Codes;
using Tillkeeper.Core.Locks;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Watch;

/// <summary>Something that somebody has to look at.</summary>
/// <param name="Kind">A snake_case word with a title in both languages in <c>Watch/Texts</c>.</param>
/// <param name="Key">What it is about, e.g. <c>fork/TERMINAL</c>: as long as an alert of this key is open, there is no second one.</param>
/// <param name="Place">Where in the tree; whoever stands above sees it.</param>
/// <param name="Facts">What the title names in braces, and what else helps. Never anything personal or secret.</param>
internal sealed record NewAlert(
    string Kind,
    string Key,
    Severity Severity,
    string Place,
    string? Terminal = null,
    IReadOnlyDictionary<string, string>? Facts = null
);

/// <summary>Raises alerts and notes that their condition is gone, in the transaction of whatever found it.</summary>
internal static class Alerts
{
    private const int MostFacts = 24;
    private const int LongestFact = 200;
    private const int LongestKey = 200;

    /// <summary>Opens an alert, or counts a further occurrence on the open one with the same key.</summary>
    public static void Raise(Work work, NewAlert alert)
    {
        var key = Cut(alert.Key, LongestKey);
        var number = LatestOf(work.Views, key);
        var id = IdOf(key, number);
        // A settled alert stays settled: what comes back is a new one. The loop also passes those of this very command.
        while (work.Load(AlertStreams.Kind, id) is { Exists: true } other && IsOver(other, key))
        {
            id = IdOf(key, ++number);
        }
        var facts = (alert.Facts ?? new Dictionary<string, string>(StringComparer.Ordinal))
            .Take(MostFacts)
            .ToDictionary(f => f.Key, f => Cut(f.Value, LongestFact), StringComparer.Ordinal);
        var standing = work.Load(AlertStreams.Kind, id);
        var due = standing is { Exists: true, Status: AlertStatus.Open }
            ? standing.Due
            : DueTimes.Of(alert.Severity, work.Now);
        IAlertEvent happened = standing.Exists
            ? new AlertOccurred(facts, due)
            : new AlertOpened(
                id,
                number,
                alert.Kind,
                key,
                alert.Severity,
                alert.Place,
                facts,
                alert.Terminal,
                due
            );
        work.Append(AlertStreams.Kind, id, alert.Terminal ?? id, [happened]);
    }

    /// <summary>What raised the alert is no longer so. Nothing happens when none of this key is open.</summary>
    public static void Clear(Work work, string key)
    {
        key = Cut(key, LongestKey);
        var number = LatestOf(work.Views, key);
        for (
            var id = IdOf(key, number);
            work.Load(AlertStreams.Kind, id) is { Exists: true } standing;
            id = IdOf(key, ++number)
        )
        {
            if (standing.Status == AlertStatus.Open && standing.Key == key)
            {
                work.Append(AlertStreams.Kind, id, standing.Terminal ?? id, [new AlertGone()]);
            }
        }
    }

    private static bool IsOver(AlertState other, string key) =>
        other.Status == AlertStatus.Settled || other.Key != key;

    private static int LatestOf(Views views, string key) =>
        views.Scalar("SELECT max(number) FROM alerts WHERE key = $1", key) is long number
            ? (int)number
            : 1;

    /// <summary>Follows from key and number, so that two raised in one command meet in the same stream.</summary>
    internal static string IdOf(string key, int number) =>
        Crockford.Id(SHA256.HashData(Encoding.UTF8.GetBytes($"alert {number} {key}")));

    private static string Cut(string text, int longest) =>
        text.Length <= longest ? text : text[..longest];
}
