using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Policy;

internal sealed class ApplyCommand : ApiCommand
{
    private readonly PolicyOptions options = new();
    private readonly Option<string> reason = Declare.Required(
        "--reason",
        "Why; it stands in the record."
    );
    private readonly Option<long?> expected = new("--expect")
    {
        Description =
            "The revision you have seen there, 0 for none; refused when it is another by now.",
        HelpName = "N",
    };

    public ApplyCommand()
        : base("apply", "Sets the policy of a target; its terminals get it as a signed order.")
    {
        options.AddTo(this);
        Add(reason);
        Add(expected);
    }

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest
            .Put("policies", options.TargetOf(line))
            .WithJson(
                Body.Of(
                    ("document", options.DocumentOf(line)),
                    ("reason", line.GetRequiredValue(reason)),
                    ("expectedRevision", line.GetValue(expected))
                )
            );

    protected override void Show(ParseResult line, Answer answer, Screen screen)
    {
        screen.Facts(answer.Document);
        screen.Line(
            answer.Document.IsTrue("changed")
                ? $"Set; watch it: policy show --target {answer.Document.Text("target")}"
                : "This stands there already; nothing is changed."
        );
    }
}
