using Tillkeeper.Core.Rules;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Policies;

/// <summary>Forces a rule to shadow everywhere, above every policy, and gives it back to the policies.</summary>
internal static class RuleSwitch
{
    /// <summary>The rule only records from now on, at every terminal, until somebody gives it back to the policies.</summary>
    public static void ForceShadow(Work work, RuleName rule, string crisisId)
    {
        var book = work.Load(PolicyStreams.Kind, PolicyStreams.Book);
        if (!book.Forced.ContainsKey(Words.Of(rule)))
        {
            work.Append(new RuleForced(rule, crisisId, book.Revision + 1, Ids.New()));
        }
    }

    /// <summary>False once somebody has given the rule back.</summary>
    public static bool IsForced(Work work, RuleName rule) =>
        work.Load(PolicyStreams.Kind, PolicyStreams.Book).Forced.ContainsKey(Words.Of(rule));

    /// <summary>False when the rule was not forced.</summary>
    public static bool LiftShadow(Work work, RuleName rule, string person, string why)
    {
        var book = work.Load(PolicyStreams.Kind, PolicyStreams.Book);
        if (!book.Forced.ContainsKey(Words.Of(rule)))
        {
            return false;
        }
        work.Append(new RuleLifted(rule, book.Revision + 1, Ids.New(), person, why));
        return true;
    }
}
