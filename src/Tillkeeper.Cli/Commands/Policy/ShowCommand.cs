using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Policy;

internal sealed class ShowCommand : ApiCommand
{
    private readonly Option<string?> target = Declare.Optional(
        "--target",
        "What is set there, with its history and how far it has come to the terminals.",
        "TARGET"
    );
    private readonly Option<string?> terminal = Declare.Optional(
        "--terminal",
        "What holds for this terminal, and who set each value.",
        "ID"
    );

    public ShowCommand()
        : base("show", "Shows the policies that are set; or one of them; or what holds somewhere.")
    {
        Add(target);
        Add(terminal);
        Validators.Add(line =>
        {
            if (line.GetResult(target) is not null && line.GetResult(terminal) is not null)
            {
                line.AddError("Give --target or --terminal, not both.");
            }
        });
    }

    protected override ApiRequest Request(ParseResult line) =>
        (line.GetValue(target), line.GetValue(terminal)) switch
        {
            ({ } at, _) => ApiRequest.Get("policies", at),
            (_, { } id) => ApiRequest.Get("terminals", id, "policy"),
            _ => ApiRequest.Get("policies"),
        };

    protected override void Show(ParseResult line, Answer answer, Screen screen)
    {
        if (line.GetValue(target) is not null)
        {
            screen.Facts(answer.Document, "document", "history");
            screen.Rows(answer.Document.Objects("history"), "revision", "at", "person", "reason");
            foreach (var text in answer.Document.Lines("document"))
            {
                screen.Line(Cell.Plain(text));
            }
        }
        else if (line.GetValue(terminal) is not null)
        {
            screen.Facts(answer.Document);
        }
        else
        {
            screen.List(answer, "target", "revision");
        }
    }
}

file static class Documents
{
    public static IEnumerable<string> Lines(
        this System.Text.Json.Nodes.JsonNode? node,
        string field
    ) =>
        node.Find(field) is System.Text.Json.Nodes.JsonValue value
        && value.TryGetValue<string>(out var text)
            ? text.TrimEnd().Split('\n')
            : [];
}
