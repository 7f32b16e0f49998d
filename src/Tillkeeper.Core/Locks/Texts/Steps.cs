using System.Collections.Immutable;
using Tillkeeper.Core.Serialization;

namespace Tillkeeper.Core.Locks.Texts;

/// <summary>
/// At most three things that the person standing there can do, the easiest first, support last. Each stands for a way out that
/// this lock has; ways that only support can take are behind the call.
/// </summary>
internal static class Steps
{
    private const int Most = 3;

    public static ImmutableArray<string> Of(LockTexts texts, Lock l, ExplanationContext context)
    {
        var own = First(l)
            .Concat(l.WaysOut.Select(way => $"step.{Words.Of(way)}"))
            .Select(texts.Find)
            .OfType<string>()
            .Take(Most - 1)
            .ToList();
        var call = texts.Format(
            own.Count == 0 ? "step.call" : "step.call_otherwise",
            context.SupportPhone,
            l.Code
        );
        var byCode = l.WaysOut.Contains(WayOut.OfflineCode) && context.CodeTriesLeft > 0;
        return [.. own, texts.Sentences(call, byCode ? texts["step.call_code"] : null)];
    }

    /// <summary>What helps at once without ending the lock.</summary>
    private static IEnumerable<string> First(Lock l)
    {
        if (l.Cause == Cause.Tamper)
        {
            yield return "step.set_aside";
        }
        if (!l.Subject.IsTerminal)
        {
            yield return LockExplainer.IsOfUnknownNames(l)
                ? "step.known_operator"
                : "step.other_operator";
        }
    }
}
