using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Terminal;

internal sealed class EnrolmentCodeCommand : ApiCommand
{
    private readonly Argument<string> id = Declare.Id(
        "ID",
        "The terminal, as 'terminal list' shows it."
    );

    public EnrolmentCodeCommand()
        : base(
            "enrolment-code",
            "Shows a new code that lets a terminal in; the old one is void."
        ) => Add(id);

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest.Post("terminals", line.GetRequiredValue(id), "enrolment-codes");

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.Facts(answer.Document);

    protected override void Conclude(Answer answer) =>
        ShownOnce.Require(
            answer,
            "enrolmentCode",
            "ask for a new code; the lost one is void then."
        );
}
