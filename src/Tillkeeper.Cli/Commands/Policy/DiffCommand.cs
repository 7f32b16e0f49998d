using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Policy;

internal sealed class DiffCommand : ApiCommand
{
    private readonly PolicyOptions options = new();

    public DiffCommand()
        : base("diff", "Shows what a file would change at a target, and for how many terminals.") =>
        options.AddTo(this);

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest
            .Post("policies", options.TargetOf(line), "diff")
            .WithJson(Body.Of(("document", options.DocumentOf(line))));

    protected override void Show(ParseResult line, Answer answer, Screen screen)
    {
        screen.Rows(answer.Document.Objects("changes"), "key", "from", "to");
        screen.Line($"{answer.Document.Text("terminals")} terminals would get another policy.");
    }
}
