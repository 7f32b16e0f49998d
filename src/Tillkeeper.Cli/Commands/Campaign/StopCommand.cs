using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Campaign;

internal sealed class StopCommand : ApiCommand
{
    private readonly Argument<string> id = Declare.Id("ID", "The campaign.");
    private readonly Option<string> reason = Declare.Required(
        "--reason",
        "Why; it goes on the record."
    );

    public StopCommand()
        : base("stop", "Ends a rollout for good. What is being installed is finished.")
    {
        Add(id);
        Add(reason);
    }

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest
            .Post("campaigns", line.GetRequiredValue(id), "stop")
            .WithJson(Body.Of(("reason", line.GetRequiredValue(reason))));

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.Line($"Done; watch it: campaign show {line.GetValue(id)}");
}
