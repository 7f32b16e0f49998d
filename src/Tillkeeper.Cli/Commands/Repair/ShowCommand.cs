using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Repair;

internal sealed class ShowCommand : ApiCommand
{
    private readonly Argument<string> id = Declare.Id("ID", "Which one, as the list shows it.");

    public ShowCommand()
        : base("show", "Shows a repair: warranty, custody, self-test, and what comes next.") =>
        Add(id);

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest.Get("repairs", line.GetRequiredValue(id));

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.Facts(answer.Document);
}
