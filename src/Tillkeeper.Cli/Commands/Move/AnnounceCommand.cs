using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Move;

internal sealed class AnnounceCommand : ApiCommand
{
    private readonly Argument<string> terminal = Declare.Id("TERMINAL", "The terminal that moves.");
    private readonly Option<string> from = Declare.Required(
        "--from",
        "From when, as 2026-12-01T00:00:00Z."
    );
    private readonly Option<string> until = Declare.Required("--until", "Until when.");
    private readonly Option<string> address = Declare.Required("--address", "The new address.");
    private readonly Option<string> reason = Declare.Required(
        "--reason",
        "Why; it goes on the record."
    );
    private readonly Option<string[]?> networks = Declare.Several(
        "--networks",
        "Networks at the new place, as 203.0.113.0/24."
    );
    private readonly PlaceOption place = new();

    public AnnounceCommand()
        : base("announce", "Announces a move before it happens, or asks for it.")
    {
        Add(terminal);
        Add(from);
        Add(until);
        Add(address);
        Add(reason);
        Add(networks);
        place.AddTo(this);
    }

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest
            .Post("terminals", line.GetRequiredValue(terminal), "moves")
            .WithJson(
                Body.Of(
                    ("from", line.GetValue(from)),
                    ("until", line.GetValue(until)),
                    ("networks", Body.List(line.GetValue(networks))),
                    ("location", place.Of(line)),
                    ("address", line.GetValue(address)),
                    ("reason", line.GetValue(reason))
                )
            );

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.Facts(answer.Document);
}
