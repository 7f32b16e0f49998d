using System.Globalization;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Rules;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Watch;

namespace Tillkeeper.Server.Crisis;

/// <summary>Opening crises, by the breaker and by hand, and what is known of them inside a command.</summary>
internal static class Crises
{
    public static string AlertKey(string crisis) => $"crisis/{crisis}";

    /// <summary>The crisis that this rule's locks belong to now; null when there is none.</summary>
    public static string? ActiveOf(Views views, RuleName rule) =>
        (string?)
            views.Scalar(
                "SELECT id FROM crises WHERE rule = $1 AND status IN ('open', 'stopped') AND until IS NULL LIMIT 1",
                Words.Of(rule)
            );

    /// <summary>Up to when this rule's locks belong to crises that are known.</summary>
    public static DateTimeOffset LastEndOf(Views views, RuleName rule) =>
        DateTimeOffset.FromUnixTimeMilliseconds(
            views.Scalar(
                "SELECT max(coalesce(until, opened_at)) FROM crises WHERE rule = $1",
                Words.Of(rule)
            ) as long?
                ?? 0
        );

    /// <summary>Terminals that the rule has locked after a time.</summary>
    public static int LockedBy(Views views, RuleName rule, DateTimeOffset after) =>
        Count(
            views.Scalar(
                "SELECT count(DISTINCT terminal) FROM rule_hits WHERE rule = $1 AND effect = 'lock' AND at > $2",
                Words.Of(rule),
                after.ToUnixTimeMilliseconds()
            )
        );

    public static int LockedIn(Views views, string batch) =>
        Count(
            views.Scalar("SELECT count(DISTINCT terminal) FROM batch_locks WHERE batch = $1", batch)
        );

    public static int Fleet(Views views) => Count(views.Scalar("SELECT count(*) FROM enrolled"));

    /// <summary>Opens it and tells everybody who watches.</summary>
    public static void Open(Work work, CrisisOpened opened)
    {
        work.Append(CrisisStreams.Kind, opened.Crisis, opened.Crisis, [opened]);
        Alerts.Raise(
            work,
            new NewAlert(
                "crisis_opened",
                AlertKey(opened.Crisis),
                Severity.Critical,
                Person.Root,
                Facts: new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["crisis"] = opened.Crisis,
                    ["what"] = opened.Rule is { } rule ? Words.Of(rule) : opened.Batch!,
                    ["locked"] = opened.Locked.ToString(CultureInfo.InvariantCulture),
                    ["fleet"] = opened.Fleet.ToString(CultureInfo.InvariantCulture),
                }
            )
        );
    }

    private static int Count(object? scalar) => (int)(long)scalar!;
}
