using System.Text.RegularExpressions;

namespace Tillkeeper.Core.Repairs.Diagnosis;

/// <summary>What is wrong with a diagnosis tree, in words for whoever writes one.</summary>
public static partial class DiagnosisCheck
{
    private const int MostNodes = 200;
    private const int MostAnswers = 8;

    /// <summary>Every mistake; none when every way through the tree ends, and nothing touches the case without being marked.</summary>
    public static IReadOnlyList<string> Of(DiagnosisTree tree)
    {
        List<string> wrong = [];
        if (tree.Nodes.Count is 0 or > MostNodes || !tree.Nodes.ContainsKey(tree.Start))
        {
            return
            [
                $"'{tree.Start}' is no node; a tree has 1 to {MostNodes}, and start names one.",
            ];
        }
        if (Missing(tree.Title))
        {
            wrong.Add("The title is needed in en and zh.");
        }
        foreach (var (name, node) in tree.Nodes.OrderBy(n => n.Key, StringComparer.Ordinal))
        {
            wrong.AddRange(Of(tree, name, node));
        }
        var reached = Reached(tree);
        wrong.AddRange(
            tree.Nodes.Keys.Where(n => !reached.Contains(n))
                .Order(StringComparer.Ordinal)
                .Select(n => $"{n}: no answer leads here.")
        );
        if (wrong.Count == 0 && HasCircle(tree, tree.Start, []))
        {
            wrong.Add("Some answers lead in a circle: a diagnosis must end.");
        }
        return wrong;
    }

    private static IEnumerable<string> Of(DiagnosisTree tree, string name, DiagnosisNode node)
    {
        var answers = node.Answers ?? [];
        if (Missing(node.Text) || answers.Any(a => Missing(a.Text)))
        {
            yield return $"{name}: every text is needed in en and zh.";
        }
        if (answers.Count == 0 == node.Outcome is null || answers.Count > MostAnswers)
        {
            yield return $"{name}: give either an outcome or 1 to {MostAnswers} answers.";
        }
        if (answers.DistinctBy(a => a.Answer).Count() < answers.Count)
        {
            yield return $"{name}: the same answer is there twice.";
        }
        foreach (var lost in answers.Where(a => !tree.Nodes.ContainsKey(a.Next)))
        {
            yield return $"{name}: '{lost.Answer}' leads to '{lost.Next}', which is no node.";
        }
        if (
            !node.TouchesCase
            && node.Outcome is null
            && Opens().IsMatch($"{node.Text.En} {node.Text.Zh}")
        )
        {
            yield return $"{name}: it has something opened or taken off; say touchesCase, so that the warning comes first.";
        }
    }

    private static bool Missing(Told text) =>
        string.IsNullOrWhiteSpace(text.En) || string.IsNullOrWhiteSpace(text.Zh);

    private static HashSet<string> Reached(DiagnosisTree tree)
    {
        HashSet<string> reached = new(StringComparer.Ordinal) { tree.Start };
        Queue<string> open = new([tree.Start]);
        while (open.TryDequeue(out var name))
        {
            foreach (var answer in tree.Nodes[name].Answers ?? [])
            {
                if (tree.Nodes.ContainsKey(answer.Next) && reached.Add(answer.Next))
                {
                    open.Enqueue(answer.Next);
                }
            }
        }
        return reached;
    }

    private static bool HasCircle(DiagnosisTree tree, string name, HashSet<string> above)
    {
        if (!above.Add(name))
        {
            return true;
        }
        var circle = (tree.Nodes[name].Answers ?? []).Any(a => HasCircle(tree, a.Next, above));
        above.Remove(name);
        return circle;
    }

    [GeneratedRegex(
        "screw|disassembl|back cover|battery cover|open the (case|housing|cover)|take off|pry|拆|螺丝|撬|后盖|电池盖|打开(机壳|外壳|机身)",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Opens();
}
