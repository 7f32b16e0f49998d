using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Merchant;

internal sealed class ListCommand : ApiCommand
{
    private readonly Paging paging = new();

    public ListCommand()
        : base("list", "Lists the merchants you may see.") => paging.AddTo(this);

    protected override ApiRequest Request(ParseResult line) =>
        paging.Apply(line, ApiRequest.Get("merchants"));

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.List(answer, "id", "name", "org", "identity.kind", "terminals");
}
