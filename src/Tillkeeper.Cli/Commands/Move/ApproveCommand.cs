using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Move;

internal sealed class ApproveCommand : ApiCommand
{
    private readonly Argument<string> terminal = Declare.Id(
        "TERMINAL",
        "The terminal that is to move."
    );
    private readonly Option<string> reason = Declare.Required(
        "--reason",
        "Why; it goes on the record."
    );

    public ApproveCommand()
        : base(
            "approve",
            "Agrees to a move that a shop asked for, before it happens; takes two people."
        )
    {
        Add(terminal);
        Add(reason);
    }

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest
            .Post("terminals", line.GetRequiredValue(terminal), "moves", "approval")
            .WithJson(Body.Of(("reason", line.GetValue(reason))));

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.Line("The move is announced.");
}
