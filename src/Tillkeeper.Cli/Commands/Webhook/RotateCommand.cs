using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Webhook;

internal sealed class RotateCommand : ApiCommand
{
    private readonly Argument<string> id = Declare.Id(
        "ID",
        "The webhook, as 'webhook list' shows it."
    );

    public RotateCommand()
        : base("rotate", "Makes a new secret; the old one signs beside it for a day.") => Add(id);

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest.Post("webhooks", line.GetRequiredValue(id), "secret");

    protected override void Show(ParseResult line, Answer answer, Screen screen)
    {
        screen.Facts(answer.Document);
        screen.Line("Keep the secret: it is not shown again.");
    }

    protected override void Conclude(Answer answer) =>
        ShownOnce.Require(answer, "secret", "rotate once more.");
}
