using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Terminal;

internal sealed class VerdictCommand : ApiCommand
{
    private readonly Argument<string> id = Declare.Id(
        "ID",
        "The terminal, as 'terminal list' shows it."
    );
    private readonly Option<string> capability = Declare.WithDefault(
        "--capability",
        "card_payment",
        "What it wants to do: sign_in, pin_entry, card_payment, qr_payment, refund, batch_close, admin, manual_ledger.",
        "CAPABILITY"
    );

    public VerdictCommand()
        : base("verdict", "Says whether a terminal may do something now, and which locks deny it.")
    {
        Add(id);
        Add(capability);
    }

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest
            .Get("terminals", line.GetRequiredValue(id), "verdict")
            .WithQuery("capability", line.GetRequiredValue(capability));

    protected override void Show(ParseResult line, Answer answer, Screen screen)
    {
        screen.Line(
            $"{line.GetValue(capability)}: {(answer.Document.IsTrue("allow") ? "allowed" : "denied")}"
        );
        screen.Locks(answer.Document, answer.At);
    }
}
