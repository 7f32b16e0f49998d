using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Webhook;

internal sealed class RedeliverCommand : ApiCommand
{
    private readonly Argument<string> id = Declare.Id(
        "ID",
        "The webhook, as 'webhook list' shows it."
    );
    private readonly Option<string[]?> letters = Declare.Several(
        "--letters",
        "Only these, as 'webhook dead-letters' shows them; all without it."
    );

    public RedeliverCommand()
        : base("redeliver", "Sends dead letters again.")
    {
        Add(id);
        Add(letters);
    }

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest
            .Post("webhooks", line.GetRequiredValue(id), "redeliver")
            .WithJson(Body.Of(("letters", Body.List(line.GetValue(letters)))));

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.Facts(answer.Document);
}
