using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Lock.Schedule;

internal sealed class ListCommand : ApiCommand
{
    private readonly Paging paging = new();

    public ListCommand()
        : base("list", "Lists locks that wait: for their time, or for a second person.") =>
        paging.AddTo(this);

    protected override ApiRequest Request(ParseResult line) =>
        paging.Apply(line, ApiRequest.Get("locks", "scheduled"));

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.List(
            answer,
            "id",
            "status",
            "at",
            "terminals",
            "cause",
            "reason",
            "person",
            "lapsesAt"
        );
}
