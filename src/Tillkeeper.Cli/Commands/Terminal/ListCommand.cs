using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Terminal;

internal sealed class ListCommand : ApiCommand
{
    private readonly Option<string?> merchant = Declare.Optional(
        "--merchant",
        "Only this merchant's.",
        "ID"
    );
    private readonly Paging paging = new();

    public ListCommand()
        : base("list", "Lists the terminals you may see.")
    {
        Add(merchant);
        paging.AddTo(this);
    }

    protected override ApiRequest Request(ParseResult line) =>
        paging.Apply(
            line,
            ApiRequest.Get("terminals").WithQuery("merchant", line.GetValue(merchant))
        );

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.List(
            answer,
            "id",
            "serial",
            "model",
            "merchantId",
            "online",
            "lastSeenAt",
            "status"
        );
}
