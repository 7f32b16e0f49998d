using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Person;

internal sealed class ResetCommand : ApiCommand
{
    private readonly Argument<string> id = Declare.Id(
        "ID",
        "The account, as 'person list' shows it."
    );
    private readonly Option<string> reason = Declare.Required(
        "--reason",
        "Why; it goes on the record."
    );

    public ResetCommand()
        : base(
            "reset",
            "Voids what a person signs in with and makes a new link. The link is shown once."
        )
    {
        Add(id);
        Add(reason);
    }

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest
            .Post("people", line.GetRequiredValue(id), "reset")
            .WithJson(Body.Of(("reason", line.GetValue(reason))));

    protected override async Task<Answer> AskAsync(
        TillkeeperClient client,
        ParseResult line,
        CancellationToken cancellation
    )
    {
        var answer = await base.AskAsync(client, line, cancellation);
        Invitation.Require(answer, line.GetRequiredValue(id));
        return answer;
    }

    protected override void Show(ParseResult line, Answer answer, Screen screen)
    {
        screen.Facts(answer.Document);
        screen.Line(Invitation.Hint);
    }
}
