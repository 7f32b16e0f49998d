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
    private readonly Option<string?> number = Declare.Optional(
        "--number",
        "The number that was read out on the phone.",
        "NUMBER"
    );
    private readonly Option<bool> overdue = new("--overdue")
    {
        Description = "Only cases that should be settled by now.",
    };
    private readonly Paging paging = new();

    public ListCommand()
        : base("list", "Lists the cases you may see.")
    {
        Add(state);
        Add(number);
        Add(overdue);
        paging.AddTo(this);
    }

    protected override ApiRequest Request(ParseResult line) =>
        paging.Apply(
            line,
            ApiRequest
                .Get("cases")
                .WithQuery("state", line.GetValue(state))
                .WithQuery("number", line.GetValue(number))
                .WithQuery("overdue", line.GetValue(overdue) ? "true" : null)
        );

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.List(
            answer,
            "id",
            "number",
            "state",
            "terminalId",
            "lockId",
            "wayOut",
            "openedAt",
            "expectedEnd",
            "due",
            "overdue"
        );
}
