using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Repair;

internal sealed class IdentifyCommand : ApiCommand
{
    private readonly Argument<string> id = Declare.Id("ID", "Which one, as the list shows it.");
    private readonly Option<string> proof = Declare.Required(
        "--proof",
        "By what: employee_card, identity_card or passport."
    );

    public IdentifyCommand()
        : base("identify", "Records that you have seen who the repairer is.")
    {
        Add(id);
        Add(proof);
    }

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest
            .Post("repairs", line.GetRequiredValue(id), "identity")
            .WithJson(Body.Of(("proof", line.GetValue(proof))));

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.Line("Identity seen; the terminal may be handed over.");
}
