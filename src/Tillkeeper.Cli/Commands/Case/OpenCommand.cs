using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Case;

internal sealed class OpenCommand : ApiCommand
{
    private readonly Option<string> terminal = Declare.Required(
        "--terminal",
        "The locked terminal.",
        "ID"
    );
    private readonly Option<string?> held = Declare.Optional(
        "--lock",
        "The lock, as 'terminal show' shows it.",
        "ID"
    );
    private readonly Option<string?> challenge = Declare.Optional(
        "--challenge",
        "Instead of --lock: the challenge on the terminal's screen, for a lock this server has not heard of."
    );
    private readonly Option<string> wayOut = Declare.Required(
        "--way-out",
        "What is asked for, such as password_reset or offline_code; one of the lock's ways out.",
        "WAY"
    );
    private readonly Option<string> applicantName = Declare.Required(
        "--applicant-name",
        "Who asks."
    );
    private readonly Option<string> applicantPhone = Declare.Required(
        "--applicant-phone",
        "The applicant's number.",
        "PHONE"
    );
    private readonly Option<string?> idNumber = Declare.Optional(
        "--id-number",
        "Number of the applicant's identity card.",
        "NUMBER"
    );
    private readonly Option<string?> note = Declare.Optional(
        "--note",
        "Anything else that helps to decide."
    );

    public OpenCommand()
        : base("open", "Opens a case: somebody asks for a way out of a lock.")
    {
        Add(terminal);
        Add(held);
        Add(challenge);
        Add(wayOut);
        Add(applicantName);
        Add(applicantPhone);
        Add(idNumber);
        Add(note);
        this.ExactlyOneOf(held, challenge);
    }

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest
            .Post("cases")
            .WithJson(
                Body.Of(
                    ("terminalId", line.GetValue(terminal)),
                    ("lockId", line.GetValue(held)),
                    ("challenge", line.GetValue(challenge)),
                    ("wayOut", line.GetValue(wayOut)),
                    (
                        "applicant",
                        Body.Of(
                            ("name", line.GetValue(applicantName)),
                            ("phone", line.GetValue(applicantPhone)),
                            ("idNumber", line.GetValue(idNumber))
                        )
                    ),
                    ("note", line.GetValue(note))
                )
            );

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.Facts(answer.Document);
}
