using System.CommandLine;
using System.Text.Json.Nodes;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Lock;

internal sealed class ManyCommand : ApiCommand
{
    private readonly Option<string?> merchant = Declare.Optional(
        "--merchant",
        "All of this merchant's.",
        "ID"
    );
    private readonly Option<string?> org = Declare.Optional(
        "--org",
        "All in this part of the tree.",
        "ID"
    );
    private readonly Option<string?> model = Declare.Optional(
        "--model",
        "All of this model.",
        "MODEL"
    );
    private readonly Option<string?> version = Declare.Optional(
        "--version",
        "All whose program says that it is this version.",
        "VERSION"
    );
    private readonly Option<string[]?> terminals = Declare.Several(
        "--terminals",
        "Exactly these terminals."
    );
    private readonly LockFacts facts = new();
    private readonly Option<bool> preview = new("--preview")
    {
        Description = "Only count the terminals; lock nothing.",
    };

    public ManyCommand()
        : base("many", "Orders a lock on many terminals at once. Count them first with --preview.")
    {
        Add(merchant);
        Add(org);
        Add(model);
        Add(version);
        Add(terminals);
        facts.AddTo(this);
        Add(preview);
        this.AtLeastOneOf(merchant, org, model, version, terminals);
    }

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest
            .Post("locks")
            .WithQuery("preview", line.GetValue(preview) ? "true" : null)
            .WithJson(Body.Of([("selector", Selector(line)), .. facts.Fields(line)]));

    protected override void Show(ParseResult line, Answer answer, Screen screen)
    {
        screen.Facts(answer.Document);
        screen.Line(
            line.GetValue(preview)
                ? "Only counted; nothing is locked."
                : LockFacts.Next(
                    answer,
                    $"Ordered; watch it: lock batch {answer.Document.Text("batchId")}"
                )
        );
    }

    private JsonObject Selector(ParseResult line) =>
        Body.Of(
            ("merchantId", line.GetValue(merchant)),
            ("org", line.GetValue(org)),
            ("model", line.GetValue(model)),
            ("version", line.GetValue(version)),
            ("terminals", Body.List(line.GetValue(terminals)))
        );
}
