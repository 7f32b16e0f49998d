using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Order;

internal sealed class ListCommand : ApiCommand
{
    private readonly Argument<string> terminal = Declare.Id(
        "TERMINAL",
        "The terminal the orders are for."
    );
    private readonly Paging paging = new();

    public ListCommand()
        : base("list", "Lists the orders to a terminal and how far each has come.")
    {
        Add(terminal);
        paging.AddTo(this);
    }

    protected override ApiRequest Request(ParseResult line) =>
        paging.Apply(line, ApiRequest.Get("terminals", line.GetRequiredValue(terminal), "orders"));

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.List(answer, "number", "kind", "lockId", "status", "issuedAt", "expiresAt");
}
