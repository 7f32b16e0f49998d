using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Replacement;

internal sealed class AcknowledgeCommand : ApiCommand
{
    private readonly Argument<string> id = Declare.Id("ID", "Which one, as the list shows it.");
    private readonly Option<string> reference = Declare.Required(
        "--reference",
        "Of its acknowledgement."
    );

    public AcknowledgeCommand()
        : base("acknowledge", "Records that the acquirer has taken the new registration.")
    {
        Add(id);
        Add(reference);
    }

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest
            .Post("replacements", line.GetRequiredValue(id), "acknowledgement")
            .WithJson(Body.Of(("reference", line.GetValue(reference))));

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.Line("Acknowledged; now two people approve.");
}
