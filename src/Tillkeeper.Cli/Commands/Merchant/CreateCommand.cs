using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Merchant;

internal sealed class CreateCommand : ApiCommand
{
    private readonly Option<string> name = Declare.Required("--name", "Name of the merchant.");
    private readonly Option<string?> org = Declare.Optional(
        "--org",
        "The agent who looks after the merchant; without it, your own place in the tree.",
        "ID"
    );
    private readonly Option<string> identityKind = Declare.Required(
        "--identity-kind",
        "What the identity number is: credit_code, resident_id or other.",
        "KIND"
    );
    private readonly Option<string> identityNumber = Declare.Required(
        "--identity-number",
        "The number on the business licence or identity card.",
        "NUMBER"
    );
    private readonly Option<string> contactName = Declare.Required(
        "--contact-name",
        "Whom to ask for."
    );
    private readonly Option<string> contactPhone = Declare.Required(
        "--contact-phone",
        "The number support calls back, never one that a caller gives.",
        "PHONE"
    );

    public CreateCommand()
        : base("create", "Adds a merchant.")
    {
        Add(name);
        Add(org);
        Add(identityKind);
        Add(identityNumber);
        Add(contactName);
        Add(contactPhone);
    }

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest
            .Post("merchants")
            .WithJson(
                Body.Of(
                    ("name", line.GetValue(name)),
                    ("org", line.GetValue(org)),
                    (
                        "identity",
                        Body.Of(
                            ("kind", line.GetValue(identityKind)),
                            ("number", line.GetValue(identityNumber))
                        )
                    ),
                    (
                        "contact",
                        Body.Of(
                            ("name", line.GetValue(contactName)),
                            ("phone", line.GetValue(contactPhone))
                        )
                    )
                )
            );

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.Facts(answer.Document);
}
