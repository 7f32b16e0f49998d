using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Case;

internal sealed class CallBackCommand : ApiCommand
{
    private readonly Argument<string> id = Declare.Id("ID", "The case, as 'case list' shows it.");
    private readonly Option<string?> call = Declare.Optional(
        "--call",
        "The call that has ended, by the number that was shown with the telephone number.",
        "NUMBER"
    );
    private readonly Option<string?> outcome = Declare.Optional(
        "--outcome",
        "How it went: confirmed, denied or not_reached.",
        "OUTCOME"
    );

    public CallBackCommand()
        : base(
            "call-back",
            "Shows the number on file to call; with --call and --outcome, records how the call went."
        )
    {
        Add(id);
        Add(call);
        Add(outcome);
        this.AllOrNoneOf(call, outcome);
    }

    protected override ApiRequest Request(ParseResult line) =>
        line.GetValue(call) is { } number
            ? ApiRequest
                .Post("cases", line.GetRequiredValue(id), "call-backs", number)
                .WithJson(Body.Of(("outcome", line.GetValue(outcome))))
            : ApiRequest.Post("cases", line.GetRequiredValue(id), "call-backs");

    protected override void Show(ParseResult line, Answer answer, Screen screen)
    {
        if (line.GetValue(call) is null)
        {
            screen.Facts(answer.Document);
            return;
        }
        screen.Line("It is on the record.");
    }
}
