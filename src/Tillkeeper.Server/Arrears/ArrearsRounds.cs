using System.Collections.Immutable;
using System.Globalization;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Rules;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.Policies;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Terminals;

namespace Tillkeeper.Server.Arrears;

/// <summary>
/// Tells a merchant's terminals of a notice, and of its end (C7, B10). A lock needs all of it: a notice on record, a policy that locks, and
/// the time that the notice gave; until then the rule only warns. Once a day it goes round again, for terminals that came meanwhile.
/// </summary>
internal sealed class ArrearsRounds(PolicyBook policies) : ITimerHandler
{
    private const int AtOnce = 64;
    private static readonly TimeSpan Again = TimeSpan.FromDays(1);

    /// <summary>A pause between two chunks, so that everybody else's commands pass in between.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public string Kind => ArrearsStreams.Timer;

    public void Fire(Work work, string key) => Tell(work, key);

    /// <summary>Tells the next terminals.</summary>
    public void Tell(Work work, string merchant)
    {
        var state = work.Load(ArrearsStreams.Kind, merchant);
        var chunk = work.Views.Query(
            "SELECT id FROM terminals WHERE merchant = $1 AND id > $2 ORDER BY id LIMIT $3",
            row => row.GetString(0),
            merchant,
            state.Cursor,
            AtOnce
        );
        foreach (var terminal in chunk)
        {
            work.Decide(
                TerminalStreams.Kind,
                terminal,
                terminal,
                s => TerminalDecisions.Decide(s, CommandFor(work, s, state.Notice), work.Now)
            );
        }
        var told =
            chunk.Count == AtOnce
                ? new ArrearsTold(chunk[^1], work.Now + Pause)
                : new ArrearsTold("", NextRound(state.Notice, work.Now));
        work.Append(ArrearsStreams.Kind, merchant, merchant, [told]);
    }

    private ITerminalCommand CommandFor(Work work, TerminalState terminal, ArrearsNoticed? notice)
    {
        if (notice is null)
        {
            return new ClearRule(RuleName.Arrears);
        }
        var policy = policies.Of(work.Views, terminal);
        var effect = RuleTable.Effect(RuleName.Arrears, policy);
        // What was promised counts, and so does a longer time that the policy gives since.
        var mayLock = work.Now >= notice.LocksFrom && work.Now >= notice.At + policy.Arrears.Notice;
        if (!mayLock && effect > FindingEffect.Warning)
        {
            effect = FindingEffect.Warning;
        }
        return new FindRule(
            RuleName.Arrears,
            effect,
            new Evidence(Facts: Facts(notice)),
            Ids.New(),
            Message: notice.NoticeText
        );
    }

    private static ImmutableSortedDictionary<string, string> Facts(ArrearsNoticed notice) =>
        ImmutableSortedDictionary
            .Create<string, string>(StringComparer.Ordinal)
            .Add("noticed", Day(notice.At))
            .Add("locksFrom", Day(notice.LocksFrom))
            .Add(
                "amount",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{notice.AmountDue:0.00} {notice.Currency}"
                )
            );

    private static string Day(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateTimeOffset? NextRound(ArrearsNoticed? notice, DateTimeOffset now)
    {
        if (notice is null)
        {
            return null;
        }
        var tomorrow = now + Again;
        return notice.LocksFrom > now && notice.LocksFrom < tomorrow ? notice.LocksFrom : tomorrow;
    }
}
