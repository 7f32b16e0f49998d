using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Lock.Schedule;

internal sealed class CancelCommand : ApiCommand
{
    private readonly Argument<string> id = Declare.Id(
        "ID",
        "The batch, as 'lock schedule list' shows it."
    );

    public CancelCommand()
        : base("cancel", "Calls off a lock that waits; nothing of it happens.") => Add(id);

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest.Delete("locks", "scheduled", line.GetRequiredValue(id));

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.Line($"{line.GetValue(id)} is cancelled.");
}
