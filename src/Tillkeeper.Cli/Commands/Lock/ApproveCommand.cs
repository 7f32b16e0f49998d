using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Lock;

internal sealed class ApproveCommand : ApiCommand
{
    private readonly Argument<string> id = Declare.Id(
        "ID",
        "The batch that somebody else asked for, as 'lock schedule list' shows it."
    );

    public ApproveCommand()
        : base("approve", "Agrees, as the second person, to locks beyond one person's limit.") =>
        Add(id);

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest.Post("locks", "batches", line.GetRequiredValue(id), "approve");

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.Line($"Ordered; watch it: lock batch {line.GetValue(id)}");
}
