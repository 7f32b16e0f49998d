using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Case;

internal sealed class ReopenCommand : ApiCommand
{
    private readonly Argument<string> id = Declare.Id("ID", "The case, as 'case list' shows it.");
    private readonly Option<string> reason = Declare.Required(
        "--reason",
        "Why; it goes on the record."
    );

    public ReopenCommand()
        : base("reopen", "Opens a settled case again, while its lock stands.")
    {
        Add(id);
        Add(reason);
    }

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest
            .Post("cases", line.GetRequiredValue(id), "reopen")
            .WithJson(Body.Of(("reason", line.GetRequiredValue(reason))));

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.Line($"Case {line.GetValue(id)} is open again; it must be decided anew.");
}
