using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Campaign;

internal sealed class ListCommand : ApiCommand
{
    private readonly Paging paging = new();

    public ListCommand()
        : base("list", "Lists the campaigns you may see.") => paging.AddTo(this);

    protected override ApiRequest Request(ParseResult line) =>
        paging.Apply(line, ApiRequest.Get("campaigns"));

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.List(answer, "id", "name", "status", "artifact", "createdAt");
}
