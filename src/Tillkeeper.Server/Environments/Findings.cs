using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Policies;
using Tillkeeper.Core.Rules;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Core.Terminals;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Terminals;
using Tillkeeper.Server.Watch;

namespace Tillkeeper.Server.Environments;

/// <summary>What becomes of what was judged: the finding on the terminal's stream, the question where the policy asks first, the alert.</summary>
internal static class Findings
{
    public static void Found(
        Work work,
        string terminal,
        RuleName rule,
        Policy policy,
        Evidence evidence,
        IReadOnlyList<string> marks
    )
    {
        var effect = RuleTable.Effect(rule, policy);
        var known = work.Load(WhereaboutsStreams.Kind, terminal).QuestionOf(rule);
        var isElsewhere = known is { Status: QuestionStatus.Ours } && !IsSame(known.Marks, marks);
        if (Find(work, terminal, rule, effect, evidence) || isElsewhere)
        {
            Tell(work, terminal, rule, effect, evidence);
            if (effect == FindingEffect.Question)
            {
                work.Append(
                    terminal,
                    new QuestionAsked(
                        rule,
                        evidence,
                        marks,
                        work.Now,
                        work.Now + WaitOf(rule, policy)
                    )
                );
            }
        }
    }

    /// <summary>The condition is gone: the finding ends, its question is closed, and its lock by the rule's own way out.</summary>
    public static void Gone(Work work, string terminal, RuleName rule)
    {
        var state = work.Load(TerminalStreams.Kind, terminal);
        if (!state.Findings.ContainsKey(Finding.KeyOf(rule, null)))
        {
            return;
        }
        work.Decide(
            TerminalStreams.Kind,
            terminal,
            terminal,
            t => TerminalDecisions.Decide(t, new ClearRule(rule), work.Now)
        );
        if (work.Load(WhereaboutsStreams.Kind, terminal).QuestionOf(rule) is not null)
        {
            work.Append(terminal, new QuestionClosed(rule));
        }
        Alerts.Clear(work, KeyOf(terminal, rule));
    }

    /// <summary>The answer was no, or there was none: what was asked about locks now, where the policy still asks.</summary>
    public static void LockFor(
        Work work,
        string terminal,
        RuleName rule,
        Policy policy,
        Evidence evidence
    )
    {
        if (
            RuleTable.Effect(rule, policy) is FindingEffect.Question or FindingEffect.Lock
            && Find(work, terminal, rule, FindingEffect.Lock, evidence)
        )
        {
            Tell(work, terminal, rule, FindingEffect.Lock, evidence);
        }
    }

    /// <summary>True when it was news.</summary>
    private static bool Find(
        Work work,
        string terminal,
        RuleName rule,
        FindingEffect? effect,
        Evidence evidence
    ) =>
        work.Decide(
                TerminalStreams.Kind,
                terminal,
                terminal,
                t =>
                    TerminalDecisions.Decide(
                        t,
                        new FindRule(rule, effect, evidence, Ids.New()),
                        work.Now
                    )
            )
            .Events.OfType<RuleFoundHere>()
            .Any();

    private static void Tell(
        Work work,
        string terminal,
        RuleName rule,
        FindingEffect? effect,
        Evidence evidence
    )
    {
        if (effect is null or FindingEffect.Shadow)
        {
            return;
        }
        Dictionary<string, string> facts = new(StringComparer.Ordinal)
        {
            ["terminal"] = terminal,
            ["effect"] = Words.Of(effect.Value),
        };
        foreach (var (name, value) in evidence.Facts?.AsEnumerable() ?? [])
        {
            facts[name] = value;
        }
        Alerts.Raise(
            work,
            new NewAlert(
                $"{Words.Of(rule)}_found",
                KeyOf(terminal, rule),
                effect == FindingEffect.Lock ? Severity.High : Severity.Medium,
                (string?)work.Views.Scalar("SELECT place FROM terminals WHERE id = $1", terminal)
                    ?? "/",
                terminal,
                facts
            )
        );
    }

    private static string KeyOf(string terminal, RuleName rule) => $"{Words.Of(rule)}/{terminal}";

    /// <summary>An answer was about one environment; the address alone makes no other of it.</summary>
    private static bool IsSame(IReadOnlyList<string> answered, IReadOnlyList<string> seen) =>
        seen.Where(m =>
                !m.StartsWith("network:", StringComparison.Ordinal)
                && !m.StartsWith("cell:", StringComparison.Ordinal)
            )
            .All(answered.Contains);

    private static TimeSpan WaitOf(RuleName rule, Policy policy) =>
        rule == RuleName.Location ? policy.Location.AnswerWithin : policy.Environment.AnswerWithin;
}
