using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Alert;

internal sealed class OwnCommand : ApiCommand
{
    private readonly Argument<string> id = Declare.Id("ID", "The alert, as 'alert list' shows it.");

    public OwnCommand()
        : base("own", "Takes an alert over: from now on it is yours.") => Add(id);

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest.Post("alerts", line.GetRequiredValue(id), "own");

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.Line($"Alert {line.GetValue(id)} is yours.");
}
