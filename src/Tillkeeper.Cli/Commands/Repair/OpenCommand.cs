using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Repair;

internal sealed class OpenCommand : ApiCommand
{
    private readonly Option<string> terminal = Declare.Required("--terminal", "The terminal.");
    private readonly Option<string> part = Declare.Required(
        "--part",
        "What is broken, such as printer."
    );
    private readonly Option<string> fault = Declare.Required("--fault", "What it does.");
    private readonly Option<string?> held = Declare.Optional(
        "--lock",
        "The lock that the repair is to end."
    );
    private readonly Option<string?> about = Declare.Optional(
        "--case",
        "The case that it belongs to."
    );

    public OpenCommand()
        : base("open", "Asks for a repair of one part of a terminal.")
    {
        Add(terminal);
        Add(part);
        Add(fault);
        Add(held);
        Add(about);
    }

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest
            .Post("repairs")
            .WithJson(
                Body.Of(
                    ("terminalId", line.GetValue(terminal)),
                    ("part", line.GetValue(part)),
                    ("fault", line.GetValue(fault)),
                    ("lockId", line.GetValue(held)),
                    ("caseId", line.GetValue(about))
                )
            );

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.Facts(answer.Document);
}
