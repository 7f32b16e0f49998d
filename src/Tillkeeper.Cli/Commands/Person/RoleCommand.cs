using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Person;

internal sealed class RoleCommand : ApiCommand
{
    private readonly Argument<string> id = Declare.Id(
        "ID",
        "The account, as 'person list' shows it."
    );
    private readonly Option<string> role = Declare.Required(
        "--role",
        "What the person may do from now on: admin, helpdesk, risk, fleet, auditor, agent or merchant.",
        "ROLE"
    );
    private readonly Option<string?> org = Declare.Optional(
        "--org",
        "Limit the person to this part of the tree; without it they stand where you stand.",
        "ID"
    );
    private readonly Option<string> reason = Declare.Required(
        "--reason",
        "Why; it goes on the record."
    );

    public RoleCommand()
        : base(
            "role",
            "Gives a person another role or place in the tree, and signs them out everywhere, at once."
        )
    {
        Add(id);
        Add(role);
        Add(org);
        Add(reason);
    }

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest
            .Post("people", line.GetRequiredValue(id), "role")
            .WithJson(
                Body.Of(
                    ("role", line.GetValue(role)),
                    ("org", line.GetValue(org)),
                    ("reason", line.GetValue(reason))
                )
            );

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.Line(
            $"{line.GetValue(id)} is now {line.GetValue(role)}, and signed out everywhere."
        );
}
