using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Lock;

internal sealed class BatchCommand : ApiCommand
{
    private readonly Argument<string> id = Declare.Id("ID", "The batch, as 'lock many' shows it.");

    public BatchCommand()
        : base("batch", "Shows how many terminals of a batch have confirmed their lock.") =>
        Add(id);

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest.Get("locks", "batches", line.GetRequiredValue(id));

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.Facts(answer.Document);
}
