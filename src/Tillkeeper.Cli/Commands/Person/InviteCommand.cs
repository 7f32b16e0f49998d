using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Person;

internal sealed class InviteCommand : ApiCommand
{
    private readonly Option<string> name = Declare.Required("--name", "Name of the person.");
    private readonly Option<string> login = Declare.Required(
        "--login",
        "What the person will sign in with: an e-mail address or another name.",
        "LOGIN"
    );
    private readonly Option<string> role = Declare.Required(
        "--role",
        "What the person may do: admin, helpdesk, risk, fleet, auditor, agent or merchant.",
        "ROLE"
    );
    private readonly Option<string?> org = Declare.Optional(
        "--org",
        "Limit the person to this part of the tree.",
        "ID"
    );
    private readonly Option<string?> person = Declare.Optional(
        "--person",
        "The key or account that this human has already: both count as one person.",
        "ID"
    );

    public InviteCommand()
        : base("invite", "Invites a person to sign in with a browser. The link is shown once.")
    {
        Add(name);
        Add(login);
        Add(role);
        Add(org);
        Add(person);
    }

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest
            .Post("people")
            .WithJson(
                Body.Of(
                    ("name", line.GetValue(name)),
                    ("login", line.GetValue(login)),
                    ("role", line.GetValue(role)),
                    ("org", line.GetValue(org)),
                    ("person", line.GetValue(person))
                )
            );

    protected override void Show(ParseResult line, Answer answer, Screen screen)
    {
        screen.Facts(answer.Document);
        screen.Line(Invitation.Hint);
    }

    protected override void Conclude(Answer answer) =>
        Invitation.Require(answer, answer.Document.Text("id") ?? "ID");
}
