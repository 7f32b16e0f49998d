using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Repair;

internal sealed class DiagnoseCommand : ApiCommand
{
    private readonly Argument<string> terminal = Declare.Id("TERMINAL", "The terminal.");
    private readonly Option<string?> part = Declare.Optional(
        "--part",
        "Which part; without it, what can be diagnosed."
    );
    private readonly Option<string?> answers = Declare.Optional(
        "--answers",
        "What was answered so far, as yes,no."
    );

    public DiagnoseCommand()
        : base("diagnose", "Asks the next question of a guided diagnosis.")
    {
        Add(terminal);
        Add(part);
        Add(answers);
    }

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest
            .Get("terminals", line.GetRequiredValue(terminal), "diagnosis")
            .WithQuery("part", line.GetValue(part))
            .WithQuery("answers", line.GetValue(answers));

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.Facts(answer.Document);
}
