using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Terminal;

internal sealed class RevokeCommand : ApiCommand
{
    private readonly Argument<string> id = Declare.Id(
        "ID",
        "The terminal, as 'terminal list' shows it."
    );
    private readonly Option<string> reason = Declare.Required(
        "--reason",
        "Why; it goes on the record."
    );

    public RevokeCommand()
        : base("revoke", "Withdraws a terminal's certificate: it must enrol again to be let in.")
    {
        Add(id);
        Add(reason);
    }

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest
            .Post("terminals", line.GetRequiredValue(id), "revoke")
            .WithJson(Body.Of(("reason", line.GetValue(reason))));

    protected override void Show(ParseResult line, Answer answer, Screen screen)
    {
        screen.Line($"Terminal {line.GetValue(id)} is revoked.");
        if (answer.Document is not null)
        {
            screen.Facts(answer.Document);
        }
    }
}
