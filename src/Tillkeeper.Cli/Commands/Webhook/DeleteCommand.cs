using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Webhook;

internal sealed class DeleteCommand : ApiCommand
{
    private readonly Argument<string> id = Declare.Id(
        "ID",
        "The webhook, as 'webhook list' shows it."
    );

    public DeleteCommand()
        : base("delete", "Deletes a webhook with everything that still waits for it.") => Add(id);

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest.Delete("webhooks", line.GetRequiredValue(id));

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.Line($"Webhook {line.GetValue(id)} is deleted.");
}
