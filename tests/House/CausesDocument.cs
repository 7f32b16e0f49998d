using System.Globalization;
using System.Text;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Locks.Texts;
using Tillkeeper.Core.Policies;
using Tillkeeper.Core.Rules;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Core.Terminals;
using Tillkeeper.PolicyFiles;

namespace Tillkeeper.House;

/// <summary>Writes <c>docs/concepts/causes.md</c>: for every cause what raises it, what it blocks, how it ends and what the shop reads.</summary>
internal static class CausesDocument
{
    private static readonly ExplanationContext Context = new(
        new DateTimeOffset(2026, 11, 22, 14, 17, 0, TimeSpan.FromHours(8)),
        new Support().Phone
    );

    public static string Write()
    {
        var text = new StringBuilder();
        text.AppendLine("# Causes");
        text.Paragraph(
            "Why a terminal locks, and how it opens again. Generated from the tables that the programs run on (`LockTable`, `RuleTable`, the presets, the texts); do not edit by hand. Values of the rules: [policy files](../reference/policy.md); how locks move: [locks](../reference/locks.md)."
        );
        text.Paragraph(
            "A rule has a `mode` (`off`, `shadow`: it records what it would have done, `on`) and a `then` (`warn`, `ask` the merchant first, `lock`). It finds something once an episode: a lock that somebody released is not raised again before its condition was gone. What protects against guessing, tampering, doubled identities and lost records is no rule, and nobody can switch it off."
        );
        text.Table(
            ["code", "cause", .. Presets.Names],
            LockTable.All.Select(c =>
                (IReadOnlyList<string>)
                    [
                        c.Code,
                        $"[`{Words.Of(c.Cause)}`](#{c.Code.ToLowerInvariant()}-{Words.Of(c.Cause)})",
                        .. Presets.Names.Select(p => InShort(c.Cause, Presets.Of(p))),
                    ]
            )
        );
        foreach (var cause in LockTable.All)
        {
            Cause(text, cause);
        }
        return text.ToString();
    }

    private static string InShort(Cause cause, Policy policy)
    {
        var rules = RulesOf(cause);
        return rules.Length == 0
            ? "locks"
            : string.Join(
                ", ",
                rules
                    .Select(r => Does(RuleTable.Effect(r.Name, policy)))
                    .Distinct(StringComparer.Ordinal)
            );
    }

    private static RuleEntry[] RulesOf(Cause cause) =>
        [.. RuleTable.All.Where(r => r.Cause == cause)];

    private static string Does(FindingEffect? effect) =>
        effect switch
        {
            null => "off",
            FindingEffect.Shadow => "records",
            FindingEffect.Warning => "warns",
            FindingEffect.Question => "asks",
            FindingEffect.Lock => "locks",
            _ => throw new InvalidOperationException($"Nobody said what {effect} does."),
        };

    private static void Cause(StringBuilder text, CauseRule cause)
    {
        text.Heading(2, $"{cause.Code} {Words.Of(cause.Cause)}");
        text.Paragraph(DocComments.Of(cause.Cause));
        foreach (var rule in RulesOf(cause.Cause))
        {
            Rule(text, rule);
        }
        if (RulesOf(cause.Cause).Length == 0)
        {
            Values(text, cause.Cause);
        }
        text.AppendLine();
        text.AppendLine($"- **Blocks:** {Scope(cause.Scope)}");
        text.AppendLine($"- **Begins:** {Begins(cause)}");
        text.AppendLine($"- **Ways out:** {All(cause.WaysOut)}");
        text.AppendLine($"- **Ends:** {Ends(cause)}");
        if (LockOrders.ByHand.Contains(cause.Cause))
        {
            text.AppendLine("- **By hand:** a person with the right may order it");
        }
        Reads(text, cause, "en", "What the shop reads");
        Reads(text, cause, "zh-Hans", "店里看到的");
    }

    private static void Rule(StringBuilder text, RuleEntry rule)
    {
        var section = PolicySections.All.Single(s => s.Name == rule.Section);
        var judge = rule.Side == RuleSide.Terminal ? "the terminal, online or not" : "the server";
        text.Heading(3, $"Rule {Words.Of(rule.Name)}");
        text.Paragraph($"{DocComments.Of(section.Shape.Type)} Judged by {judge}.");
        Table(text, PolicyKeys.Of(section));
    }

    /// <summary>What cannot be switched off still has values.</summary>
    private static void Values(StringBuilder text, Cause cause)
    {
        var name = cause switch
        {
            Core.Locks.Cause.WrongPassword => "wrongPassword",
            Core.Locks.Cause.Away => "away",
            _ => null,
        };
        if (PolicySections.All.FirstOrDefault(s => s.Name == name) is { } section)
        {
            Table(text, PolicyKeys.Of(section));
        }
    }

    private static void Table(StringBuilder text, IEnumerable<PolicyKey> keys) =>
        text.Table(
            ["value", .. Presets.Names, "clause"],
            keys.Select(k =>
                (IReadOnlyList<string>)
                    [
                        $"`{k.Key}`",
                        .. k.Values.Select(v => $"`{v}`"),
                        string.Join(
                            "; ",
                            Clauses.All.Where(c => c.Key == k.Key).Select(c => c.Source)
                        ),
                    ]
            )
        );

    private static string Scope(EnumSet<Capability> scope) =>
        scope.IsEmpty
            ? "exactly what depends on the part; nothing for a part that nothing depends on"
            : All(scope);

    private static string Begins(CauseRule cause) =>
        cause.AtOnce ? "at once, also during a transaction" : "between transactions (B7)";

    private static string Ends(CauseRule cause)
    {
        var self = RulesOf(cause.Cause)
            .Where(r => r.Ends is not null && cause.WaysOut.Contains(r.Ends.Value))
            .Select(r =>
                $"by itself once rule `{Words.Of(r.Name)}` finds its condition gone (`{Words.Of(r.Ends!.Value)}`)"
            )
            .ToList();
        if (cause.WaysOut.Contains(WayOut.Wait))
        {
            self.Add("by itself when its time is over");
        }
        if (cause.WaysOut.Contains(WayOut.SignIn))
        {
            self.Add("when somebody signs in");
        }
        self.Add(
            cause.People > 1
                ? $"a release needs {cause.People.ToString(CultureInfo.InvariantCulture)} people"
                : "a release needs one person with the right"
        );
        return string.Join("; ", self);
    }

    private static void Reads(StringBuilder text, CauseRule cause, string language, string title)
    {
        var culture = CultureInfo.GetCultureInfo(language);
        var told = LockExplainer.Explain(Sample(cause), Context, culture);
        text.Paragraph($"**{title}**");
        text.AppendLine();
        text.AppendLine($"> **{told.Title}**  ");
        text.AppendLine($"> {told.Safe}  ");
        text.AppendLine($"> {told.StillWorks}  ");
        foreach (var (step, i) in told.Now.Select((s, i) => (s, i + 1)))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"> {i}. {step}  ");
        }
        text.AppendLine($"> {told.Next}  ");
        text.AppendLine($"> ⚠ {told.Warning}");
    }

    /// <summary>As it stands at a terminal; of wrong passcodes the one that is seen most, which pauses an operator.</summary>
    private static Lock Sample(CauseRule cause) =>
        new()
        {
            Id = "0123456789",
            Cause = cause.Cause,
            Subject =
                cause.Cause == Core.Locks.Cause.WrongPassword
                    ? Subject.OfOperator("op-03")
                    : Subject.Terminal,
            Scope =
                cause.Cause == Core.Locks.Cause.WrongPassword ? [Capability.SignIn] : cause.Scope,
            Evidence =
                cause.Cause == Core.Locks.Cause.WrongPassword
                    ? new Evidence("op-03", 5)
                    : Evidence.None,
            Owner = LockOwner.Terminal,
            Status = LockStatus.Confirmed,
            Since = Context.Now,
            WaysOut = cause.WaysOut,
        };

    private static string All<T>(EnumSet<T> set)
        where T : struct, Enum => string.Join(", ", set.Select(v => $"`{Words.Of(v)}`"));
}
