using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Terminal;

internal sealed class RegisterCommand : ApiCommand
{
    private readonly TerminalFacts facts = new();

    public RegisterCommand()
        : base("register", "Registers a new terminal and shows the code that lets it in.") =>
        facts.AddTo(this);

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest.Post("terminals").WithJson(facts.BodyWith(line, line.GetValue(facts.Serial)));

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.Facts(answer.Document);

    protected override void Conclude(Answer answer) =>
        ShownOnce.Require(
            answer,
            "enrolmentCode",
            $"ask for a new code: tillkeeper terminal enrolment-code {answer.Document.Text("id")}"
        );
}
