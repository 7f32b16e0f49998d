using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Webhook;

internal sealed class DeadLettersCommand : ApiCommand
{
    private readonly Argument<string> id = Declare.Id(
        "ID",
        "The webhook, as 'webhook list' shows it."
    );
    private readonly Paging paging = new();

    public DeadLettersCommand()
        : base("dead-letters", "Lists what could not be delivered and was given up.")
    {
        Add(id);
        paging.AddTo(this);
    }

    protected override ApiRequest Request(ParseResult line) =>
        paging.Apply(line, ApiRequest.Get("webhooks", line.GetRequiredValue(id), "dead-letters"));

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.List(answer, "id", "type", "subject", "attempts", "deadAt", "problem");
}
