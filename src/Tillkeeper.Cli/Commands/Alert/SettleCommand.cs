using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Alert;

internal sealed class SettleCommand : ApiCommand
{
    private readonly Argument<string> id = Declare.Id("ID", "The alert, as 'alert list' shows it.");
    private readonly Option<string> reason = Declare.Required(
        "--reason",
        "What it was and what was done; it goes on the record."
    );

    public SettleCommand()
        : base("settle", "Settles an alert.")
    {
        Add(id);
        Add(reason);
    }

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest
            .Post("alerts", line.GetRequiredValue(id), "settle")
            .WithJson(Body.Of(("reason", line.GetValue(reason))));

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.Line($"Alert {line.GetValue(id)} is settled.");
}
