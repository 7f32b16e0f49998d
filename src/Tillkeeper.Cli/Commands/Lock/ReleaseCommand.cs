using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Lock;

internal sealed class ReleaseCommand : ApiCommand
{
    private readonly Argument<string> terminal = Declare.Id("TERMINAL", "The locked terminal.");
    private readonly Argument<string> held = Declare.Id(
        "LOCK",
        "The lock, as 'terminal show' shows it."
    );
    private readonly Option<string> reason = Declare.Required(
        "--reason",
        "Why; it goes on the record."
    );

    public ReleaseCommand()
        : base(
            "release",
            "Orders the release of one lock. Some locks need a second person to ask for the same."
        )
    {
        Add(terminal);
        Add(held);
        Add(reason);
    }

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest
            .Post(
                "terminals",
                line.GetRequiredValue(terminal),
                "locks",
                line.GetRequiredValue(held),
                "release"
            )
            .WithJson(Body.Of(("reason", line.GetValue(reason))));

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.Line(
            $"Release of {line.GetValue(held)} ordered; it holds until the terminal confirms: "
                + $"terminal show {line.GetValue(terminal)}"
        );
}
