using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Case;

internal sealed class ListCommand : ApiCommand
{
    private readonly Option<string?> state = Declare.Optional(
        "--state",
        "Only cases in this state.",
        "STATE"
    );
    private readonly Paging paging = new();

    public ListCommand()
        : base("list", "Lists the cases you may see.")
    {
        Add(state);
        paging.AddTo(this);
    }

    protected override ApiRequest Request(ParseResult line) =>
        paging.Apply(line, ApiRequest.Get("cases").WithQuery("state", line.GetValue(state)));

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.List(
            answer,
            "id",
            "state",
            "terminalId",
            "lockId",
            "wayOut",
            "openedAt",
            "expectedEnd"
        );
}
