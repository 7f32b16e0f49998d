namespace Tillkeeper.Core.Repairs.Diagnosis;

/// <summary>Where somebody stands in a tree.</summary>
/// <param name="IsWarning">
/// True when the next step touches the case and the warning is due: taking a terminal apart voids the warranty and sets off the tamper
/// protection. Its answers are <see cref="DiagnosisWalk.Understood"/> and <see cref="DiagnosisWalk.LeaveIt"/>.
/// </param>
public sealed record DiagnosisStep(DiagnosisNode Node, bool IsWarning = false);

/// <summary>Walks a diagnosis tree by the answers given so far.</summary>
public static class DiagnosisWalk
{
    public const string Understood = "understood";

    /// <summary>Somebody rather has it repaired than touch it: always a good answer.</summary>
    public const string LeaveIt = "leave_it";

    /// <summary>The step after these answers, or the answer that none of the tree's is. There is no way to a step that touches the case past the warning.</summary>
    public static (DiagnosisStep? Step, Refusal? Refusal) To(
        DiagnosisTree tree,
        IReadOnlyList<string> answers
    )
    {
        var left = new Queue<string>(answers);
        var node = tree.Nodes[tree.Start];
        while (true)
        {
            if (node.TouchesCase)
            {
                if (!left.TryDequeue(out var heard))
                {
                    return (new DiagnosisStep(node, IsWarning: true), null);
                }
                if (heard == LeaveIt)
                {
                    return left.Count == 0
                        ? (new DiagnosisStep(Leaving(node)), null)
                        : (null, Unknown(left.Peek()));
                }
                if (heard != Understood)
                {
                    return (null, Unknown(heard));
                }
            }
            if (!left.TryDequeue(out var given))
            {
                return (new DiagnosisStep(node), null);
            }
            if (node.Answers?.FirstOrDefault(a => a.Answer == given) is not { } chosen)
            {
                return (null, Unknown(given));
            }
            node = tree.Nodes[chosen.Next];
        }
    }

    /// <summary>The end of whoever leaves the case alone; its words are the program's own.</summary>
    private static DiagnosisNode Leaving(DiagnosisNode untouched) =>
        untouched with
        {
            Answers = null,
            Outcome = DiagnosisOutcome.Repair,
            TouchesCase = false,
            Text = new Told("", ""),
        };

    private static Refusal Unknown(string given) =>
        Refusal.Invalid(
            "answers",
            $"'{(given.Length > 40 ? given[..40] : given)}' is no answer here; give the answers in their order, from the first question on."
        );
}
