using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Artifact;

internal sealed class ListCommand : ApiCommand
{
    private readonly Paging paging = new();

    public ListCommand()
        : base("list", "Lists the artifacts that can be rolled out.") => paging.AddTo(this);

    protected override ApiRequest Request(ParseResult line) =>
        paging.Apply(line, ApiRequest.Get("artifacts"));

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.List(answer, "id", "name", "version", "size", "sha256");
}
