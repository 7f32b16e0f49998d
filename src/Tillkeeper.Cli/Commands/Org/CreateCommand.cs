using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Org;

internal sealed class CreateCommand : ApiCommand
{
    private readonly Option<string> name = Declare.Required("--name", "Name of the agent.");
    private readonly Option<string?> parent = Declare.Optional(
        "--parent",
        "The agent it belongs under; without it, your own place in the tree.",
        "ID"
    );

    public CreateCommand()
        : base("create", "Adds an agent of the provider to the tree.")
    {
        Add(name);
        Add(parent);
    }

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest
            .Post("orgs")
            .WithJson(
                Body.Of(
                    ("kind", "agent"),
                    ("name", line.GetValue(name)),
                    ("parent", line.GetValue(parent))
                )
            );

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.Facts(answer.Document);
}
