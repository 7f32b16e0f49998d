using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Alert;

internal sealed class DueCommand : ApiCommand
{
    private readonly Argument<string> id = Declare.Id("ID", "The alert, as 'alert list' shows it.");
    private readonly Option<string> due = Declare.Required(
        "--due",
        "Until when it will be settled, e.g. 2026-11-30T18:00:00Z.",
        "TIME"
    );

    public DueCommand()
        : base("due", "Says until when an alert will be settled.")
    {
        Add(id);
        Add(due);
    }

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest
            .Post("alerts", line.GetRequiredValue(id), "due")
            .WithJson(Body.Of(("due", line.GetValue(due))));

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.Line($"Alert {line.GetValue(id)} is due {line.GetValue(due)}.");
}
