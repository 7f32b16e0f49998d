using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Terminal.Network;

internal sealed class ListCommand : ApiCommand
{
    private readonly Argument<string> id = Declare.Id(
        "ID",
        "The terminal, as 'terminal list' shows it."
    );

    public ListCommand()
        : base("list", "Lists what was asked for the networks of a terminal, oldest first.") =>
        Add(id);

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest.Get("terminals", line.GetRequiredValue(id), "networks");

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.List(answer, "id", "status", "network", "reason", "askedAt", "answer");
}
