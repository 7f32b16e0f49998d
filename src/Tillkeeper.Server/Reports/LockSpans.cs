using Tillkeeper.Core.Serialization;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Reports;

/// <summary>
/// Keeps the view <c>lock_spans</c>: when each lock began and ended, which end was promised last, and whether one was missed. A lock stays where it
/// began: whoever gets the terminal later has no business with it.
/// </summary>
internal static class LockSpans
{
    /// <summary>A terminal may have been without a network for this long; one that names an earlier begin, or one to come, has a wrong clock.</summary>
    private static readonly TimeSpan Believed = TimeSpan.FromDays(31);

    public static void Project(Views views, Projection<TerminalState, ITerminalEvent> p)
    {
        var (before, after) = (p.Before.Locks, p.After.Locks);
        if (ReferenceEquals(before, after))
        {
            return;
        }
        foreach (var (id, tracked) in after)
        {
            var known = before.GetValueOrDefault(id);
            if (known is null)
            {
                Begin(views, p.Id, tracked.Lock, p.At);
            }
            else if (known.Lock.ExpectedEnd != tracked.Lock.ExpectedEnd)
            {
                views.Write(
                    "UPDATE lock_spans SET missed = coalesce(missed OR expected_end < $4, missed), expected_end = $3 WHERE terminal = $1 AND lock_id = $2",
                    p.Id,
                    id,
                    tracked.Lock.ExpectedEnd?.ToUnixTimeMilliseconds(),
                    p.At.ToUnixTimeMilliseconds()
                );
            }
        }
        foreach (var id in before.Keys.Where(id => !after.ContainsKey(id)))
        {
            views.Write(
                "UPDATE lock_spans SET missed = coalesce(missed OR expected_end < $3, missed), ended_at = max(since, $3) WHERE terminal = $1 AND lock_id = $2",
                p.Id,
                id,
                p.At.ToUnixTimeMilliseconds()
            );
        }
    }

    /// <summary>An id that comes back, as after a terminal has lost its state, goes on where it was.</summary>
    private static void Begin(Views views, string terminal, Lock begun, DateTimeOffset now) =>
        views.Write(
            "INSERT INTO lock_spans SELECT $1, $2, place, $3, $4, NULL, $5, 0 FROM terminals WHERE id = $1 "
                + "ON CONFLICT (terminal, lock_id) DO UPDATE SET ended_at = NULL, expected_end = excluded.expected_end",
            terminal,
            begun.Id,
            Words.Of(begun.Cause),
            (
                begun.Since <= now && now - begun.Since < Believed ? begun.Since : now
            ).ToUnixTimeMilliseconds(),
            begun.ExpectedEnd?.ToUnixTimeMilliseconds()
        );
}
