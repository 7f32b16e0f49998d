using Tillkeeper.Core.Repairs.Diagnosis;

namespace Tillkeeper.Core.Tests.Repairs;

/// <summary>W5: question by question, and no step that touches the case past the warning.</summary>
public sealed class DiagnosisTests
{
    private static readonly DiagnosisTree Tree = new(
        "battery",
        "battery",
        T("Battery"),
        "first",
        new Dictionary<string, DiagnosisNode>(StringComparer.Ordinal)
        {
            ["first"] = new(T("Does it charge?"), [A("yes", "good"), A("no", "inside")]),
            ["inside"] = new(
                T("Slide the battery cover off. Better?"),
                [A("yes", "good"), A("no", "repair")],
                TouchesCase: true
            ),
            ["good"] = new(T("Good."), Outcome: DiagnosisOutcome.Solved),
            ["repair"] = new(T("Have it repaired."), Outcome: DiagnosisOutcome.Repair),
        }
    );

    [Theory]
    [InlineData("", "Does it charge?")]
    [InlineData("yes", "Good.")]
    [InlineData("no", "WARNING")]
    [InlineData("no understood", "Slide the battery cover off. Better?")]
    [InlineData("no understood no", "Have it repaired.")]
    [InlineData("no leave_it", "")]
    [InlineData("no yes", "REFUSED")]
    [InlineData("no no", "REFUSED")]
    [InlineData("understood no", "REFUSED")]
    [InlineData("maybe", "REFUSED")]
    [InlineData("yes yes", "REFUSED")]
    [InlineData("no leave_it yes", "REFUSED")]
    public void The_answers_lead_where_the_tree_says(string answers, string expected)
    {
        var (step, refusal) = DiagnosisWalk.To(
            Tree,
            answers.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        );
        var shown = step switch
        {
            null => "REFUSED",
            { IsWarning: true } => "WARNING",
            _ => step.Node.Text.En,
        };
        Assert.Equal(expected, shown);
        Assert.Equal(step is null ? "answers" : null, refusal?.Field);
    }

    [Fact]
    public void Whoever_leaves_it_alone_is_sent_to_a_repair() =>
        Assert.Equal(
            DiagnosisOutcome.Repair,
            DiagnosisWalk.To(Tree, ["no", "leave_it"]).Step!.Node.Outcome
        );

    [Fact]
    public void A_whole_tree_has_nothing_wrong_with_it() => Assert.Empty(DiagnosisCheck.Of(Tree));

    [Fact]
    public void Every_mistake_is_named()
    {
        var broken = Tree with
        {
            Title = new Told("Battery", ""),
            Nodes = new Dictionary<string, DiagnosisNode>(StringComparer.Ordinal)
            {
                ["first"] = new(T("Remove the screws."), [A("yes", "nowhere"), A("yes", "empty")]),
                ["empty"] = new(T("?")),
                ["lonely"] = new(T("Good."), Outcome: DiagnosisOutcome.Solved),
            },
        };
        Assert.Equal(
            [
                "The title is needed in en and zh.",
                "empty: give either an outcome or 1 to 8 answers.",
                "first: the same answer is there twice.",
                "first: 'yes' leads to 'nowhere', which is no node.",
                "first: it has something opened or taken off; say touchesCase, so that the warning comes first.",
                "lonely: no answer leads here.",
            ],
            DiagnosisCheck.Of(broken)
        );
        var circle = Tree with
        {
            Nodes = new Dictionary<string, DiagnosisNode>(StringComparer.Ordinal)
            {
                ["first"] = new(T("Again?"), [A("yes", "first")]),
            },
        };
        Assert.Contains(
            "circle",
            Assert.Single(DiagnosisCheck.Of(circle)),
            StringComparison.Ordinal
        );
    }

    private static Told T(string en) => new(en, "中文");

    private static DiagnosisAnswer A(string answer, string next) => new(answer, T(answer), next);
}
