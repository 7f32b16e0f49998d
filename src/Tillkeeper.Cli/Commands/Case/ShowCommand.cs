using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Case;

internal sealed class ShowCommand : ApiCommand
{
    private readonly Argument<string> id = Declare.Id("ID", "The case, as 'case list' shows it.");

    public ShowCommand()
        : base("show", "Shows one case: its state, what is missing, and all that was done.") =>
        Add(id);

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest.Get("cases", line.GetRequiredValue(id));

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.Facts(answer.Document);
}
