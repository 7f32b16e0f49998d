using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Merchant;

internal sealed class FileCommand : ApiCommand
{
    private readonly Argument<string> id = Declare.Id("ID", "The merchant.");
    private readonly Option<string?> contactName = Declare.Optional(
        "--contact-name",
        "Whom to call."
    );
    private readonly Option<string?> contactPhone = Declare.Optional(
        "--contact-phone",
        "The number to call back.",
        "PHONE"
    );
    private readonly Option<string?> representative = Declare.Optional(
        "--legal-representative",
        "Who represents the shop."
    );
    private readonly Option<string?> settlement = Declare.Optional(
        "--settlement-last",
        "Last four digits of the account that takings are paid to.",
        "DIGITS"
    );
    private readonly Option<string> reason = Declare.Required(
        "--reason",
        "Why; it goes on the record."
    );

    public FileCommand()
        : base(
            "file",
            "Changes what is on file. After another contact, two people approve for a while."
        )
    {
        Add(id);
        Add(contactName);
        Add(contactPhone);
        Add(representative);
        Add(settlement);
        Add(reason);
        this.AllOrNoneOf(contactName, contactPhone);
        this.AtLeastOneOf(contactName, representative, settlement);
    }

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest
            .Put("merchants", line.GetRequiredValue(id), "file")
            .WithJson(
                Body.Of(
                    (
                        "contact",
                        line.GetValue(contactName) is null
                            ? null
                            : Body.Of(
                                ("name", line.GetValue(contactName)),
                                ("phone", line.GetValue(contactPhone))
                            )
                    ),
                    ("legalRepresentative", line.GetValue(representative)),
                    ("settlementLast", line.GetValue(settlement)),
                    ("reason", line.GetRequiredValue(reason))
                )
            );

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.Line($"What is on file of merchant {line.GetValue(id)} is changed.");
}
