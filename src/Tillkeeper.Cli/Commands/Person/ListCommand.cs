using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Person;

internal sealed class ListCommand : ApiCommand
{
    private readonly Paging paging = new();

    public ListCommand()
        : base("list", "Lists the people you may see who sign in with a browser.") =>
        paging.AddTo(this);

    protected override ApiRequest Request(ParseResult line) =>
        paging.Apply(line, ApiRequest.Get("people"));

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.List(answer, "id", "name", "role", "place", "status", "invitedAt", "signedInAt");
}
