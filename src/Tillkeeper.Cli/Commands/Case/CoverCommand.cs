using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Case;

internal sealed class CoverCommand : ApiCommand
{
    private readonly Argument<string> id = Declare.Id("ID", "The case, as 'case list' shows it.");
    private readonly Option<string> held = Declare.Required(
        "--lock",
        "The lock, as 'terminal show' shows it.",
        "ID"
    );
    private readonly Option<string> wayOut = Declare.Required(
        "--way-out",
        "How it is to end; one of its ways out.",
        "WAY"
    );

    public CoverCommand()
        : base("cover", "Adds a further lock of the terminal to an open case.")
    {
        Add(id);
        Add(held);
        Add(wayOut);
    }

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest
            .Post("cases", line.GetRequiredValue(id), "locks")
            .WithJson(
                Body.Of(
                    ("lockId", line.GetRequiredValue(held)),
                    ("wayOut", line.GetRequiredValue(wayOut))
                )
            );

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.Line($"Case {line.GetValue(id)} covers lock {line.GetValue(held)}.");
}
