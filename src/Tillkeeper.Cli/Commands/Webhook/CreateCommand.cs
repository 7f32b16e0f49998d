using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Webhook;

internal sealed class CreateCommand : ApiCommand
{
    private readonly Option<string> url = Declare.Required("--url", "Where to send to.", "URL");
    private readonly Option<string[]?> events = Declare.Several(
        "--events",
        "What to send, e.g. lock.begun,alert.*; * is everything."
    );
    private readonly Option<string?> place = Declare.Optional(
        "--place",
        "Only what happens at this org or merchant and below.",
        "ID"
    );

    public CreateCommand()
        : base("create", "Has events sent to an address; shows the secret that signs them once.")
    {
        events.Required = true;
        Add(url);
        Add(events);
        Add(place);
    }

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest
            .Post("webhooks")
            .WithJson(
                Body.Of(
                    ("url", line.GetValue(url)),
                    ("events", Body.List(line.GetValue(events))),
                    ("place", line.GetValue(place))
                )
            );

    protected override void Show(ParseResult line, Answer answer, Screen screen)
    {
        screen.Facts(answer.Document);
        screen.Line("Keep the secret: it is not shown again.");
    }

    protected override void Conclude(Answer answer) =>
        ShownOnce.Require(answer, "secret", "delete the webhook and create it again.");
}
