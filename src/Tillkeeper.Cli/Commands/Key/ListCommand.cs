using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Key;

internal sealed class ListCommand : ApiCommand
{
    private readonly Paging paging = new();

    public ListCommand()
        : base("list", "Lists the API keys you may see, without the keys themselves.") =>
        paging.AddTo(this);

    protected override ApiRequest Request(ParseResult line) =>
        paging.Apply(line, ApiRequest.Get("keys"));

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.List(answer, "id", "name", "role", "org", "createdAt", "lastUsedAt", "revokedAt");
}
