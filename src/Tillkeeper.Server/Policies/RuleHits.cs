using Tillkeeper.Core.Rules;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Policies;

/// <summary>
/// The view <c>rule_hits(rule, effect, terminal, place, part, lock_id, at)</c>: one row for each finding, in the words of
/// <see cref="RuleName"/> and <see cref="FindingEffect"/>, with the place of the terminal at that moment. <c>at</c> is the server's own
/// clock in milliseconds: what a terminal says of the time cannot move a count.
/// </summary>
internal static class RuleHits
{
    /// <summary>Counts reach back a month, a year's comparison a year; the log keeps everything.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(400);

    public static void Write(Views views, string terminal, Finding finding, DateTimeOffset at)
    {
        views.Write(
            "INSERT INTO rule_hits SELECT $1, $2, $3, place, $4, $5, $6 FROM terminals WHERE id = $3",
            Words.Of(finding.Rule),
            Words.Of(finding.Effect),
            terminal,
            finding.Part,
            finding.LockId,
            at.ToUnixTimeMilliseconds()
        );
        views.Write("DELETE FROM rule_hits WHERE at < $1", (at - Kept).ToUnixTimeMilliseconds());
    }
}
