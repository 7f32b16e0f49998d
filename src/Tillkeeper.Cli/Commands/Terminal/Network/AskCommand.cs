using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Terminal.Network;

internal sealed class AskCommand : ApiCommand
{
    private readonly Argument<string> id = Declare.Id(
        "ID",
        "The terminal, as 'terminal list' shows it."
    );
    private readonly Option<string?> network = new("--network")
    {
        Description =
            "The network, as 198.51.100.0/24; without it the one where the terminal is now.",
        HelpName = "CIDR",
    };
    private readonly Option<string> reason = Declare.Required(
        "--reason",
        "Why; it goes on the record."
    );

    public AskCommand()
        : base("ask", "Asks that a terminal may be used in a further network.")
    {
        Add(id);
        Add(network);
        Add(reason);
    }

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest
            .Post("terminals", line.GetRequiredValue(id), "networks")
            .WithJson(
                Body.Of(("network", line.GetValue(network)), ("reason", line.GetValue(reason)))
            );

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.Facts(answer.Document);
}
