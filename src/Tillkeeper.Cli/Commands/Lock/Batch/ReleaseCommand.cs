using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Lock.Batch;

internal sealed class ReleaseCommand : ApiCommand
{
    private readonly Argument<string> id = Declare.Id("ID", "The batch, as 'lock many' shows it.");
    private readonly Option<string> reason = Declare.Required(
        "--reason",
        "Why; it goes on the record."
    );

    public ReleaseCommand()
        : base("release", "Undoes a batch as a whole. Two people have to ask for it.")
    {
        Add(id);
        Add(reason);
    }

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest
            .Post("locks", "batches", line.GetRequiredValue(id), "release")
            .WithJson(Body.Of(("reason", line.GetValue(reason))));

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.Line($"Releases ordered; watch them: lock batch {line.GetValue(id)}");
}
