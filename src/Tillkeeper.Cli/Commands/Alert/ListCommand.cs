using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Alert;

internal sealed class ListCommand : ApiCommand
{
    private readonly Option<string?> state = Declare.Optional(
        "--state",
        "Only alerts in this state: open, gone or settled.",
        "STATE"
    );
    private readonly Option<string?> kind = Declare.Optional(
        "--kind",
        "Only alerts of this kind.",
        "KIND"
    );
    private readonly Paging paging = new();

    public ListCommand()
        : base("list", "Lists what somebody has to look at, the newest first.")
    {
        Add(state);
        Add(kind);
        paging.AddTo(this);
    }

    protected override ApiRequest Request(ParseResult line) =>
        paging.Apply(
            line,
            ApiRequest
                .Get("alerts")
                .WithQuery("state", line.GetValue(state))
                .WithQuery("kind", line.GetValue(kind))
        );

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.List(answer, "id", "severity", "state", "title", "owner", "due", "overdue");
}
