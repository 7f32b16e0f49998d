using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Alert;

internal sealed class ShowCommand : ApiCommand
{
    private readonly Argument<string> id = Declare.Id("ID", "The alert, as 'alert list' shows it.");

    public ShowCommand()
        : base("show", "Shows one alert and all that was done about it.") => Add(id);

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest.Get("alerts", line.GetRequiredValue(id));

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.Facts(answer.Document);
}
