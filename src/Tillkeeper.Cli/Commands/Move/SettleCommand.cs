using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Move;

internal sealed class SettleCommand : ApiCommand
{
    private readonly Option<string> about = Declare.Required(
        "--case",
        "The case with the lease, which asks for move_approved."
    );
    private readonly Option<string> reason = Declare.Required(
        "--reason",
        "Why; it goes on the record."
    );
    private readonly Option<string[]?> networks = Declare.Several(
        "--networks",
        "Networks at the new place, as 203.0.113.0/24."
    );
    private readonly PlaceOption place = new();
    private readonly RegistrationOptions registration = new();

    public SettleCommand()
        : base("settle", "Proposes the new place of a terminal that was moved without a word.")
    {
        Add(about);
        Add(reason);
        Add(networks);
        place.AddTo(this);
        registration.AddTo(this);
    }

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest
            .Post("relocations")
            .WithJson(
                Body.Of(
                    ("caseId", line.GetValue(about)),
                    ("networks", Body.List(line.GetValue(networks))),
                    ("location", place.Of(line)),
                    ("registrations", registration.Of(line)),
                    ("reason", line.GetValue(reason))
                )
            );

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.Facts(answer.Document);
}
