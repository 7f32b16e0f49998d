using System.CommandLine;
using System.Text.Json.Nodes;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Repair;

internal sealed class FinishCommand : ApiCommand
{
    private readonly Argument<string> id = Declare.Id("ID", "Which one, as the list shows it.");
    private readonly Option<string> result = Declare.Required(
        "--result",
        "repaired, no_fault_found or unrepairable."
    );
    private readonly Option<string> work = Declare.Required("--work", "What was done.");
    private readonly Option<string?> wear = Declare.Optional(
        "--wear-part",
        "A wear part that was replaced."
    );
    private readonly Option<string?> due = Declare.Optional(
        "--due-on",
        "When that one is due again, as 2027-11-22."
    );
    private readonly Option<bool> broken = new("--seal-broken")
    {
        Description = "The seal was broken.",
    };

    public FinishCommand()
        : base("finish", "Records what the repairer did.")
    {
        Add(id);
        Add(result);
        Add(work);
        Add(wear);
        Add(due);
        Add(broken);
    }

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest
            .Post("repairs", line.GetRequiredValue(id), "result")
            .WithJson(
                Body.Of(
                    ("result", line.GetValue(result)),
                    ("work", line.GetValue(work)),
                    ("sealIntact", !line.GetValue(broken)),
                    ("parts", Parts(line))
                )
            );

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.Line("The result is on record.");

    private JsonArray? Parts(ParseResult line) =>
        line.GetValue(wear) is { } part
            ? new JsonArray(
                Body.Of(("part", part), ("wearPart", true), ("dueOn", line.GetValue(due)))
            )
            : null;
}
