using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Terminal;

internal sealed class EventsCommand : ApiCommand
{
    private readonly Argument<string> id = Declare.Id(
        "ID",
        "The terminal, as 'terminal list' shows it."
    );
    private readonly Paging paging = new();

    public EventsCommand()
        : base("events", "Shows what happened to a terminal, oldest first.")
    {
        Add(id);
        paging.AddTo(this);
    }

    protected override ApiRequest Request(ParseResult line) =>
        paging.Apply(line, ApiRequest.Get("terminals", line.GetRequiredValue(id), "events"));

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.List(answer, "seq", "number", "at", "type", "actor", "reason", "data");
}
