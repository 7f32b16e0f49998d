using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Move;

internal sealed class ShowCommand : ApiCommand
{
    private readonly Argument<string> id = Declare.Id("ID", "Which one, as the list shows it.");

    public ShowCommand()
        : base("show", "Shows the settlement of a move and what comes next.") => Add(id);

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest.Get("relocations", line.GetRequiredValue(id));

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.Facts(answer.Document);
}
