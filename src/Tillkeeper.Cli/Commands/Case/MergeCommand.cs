using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Case;

internal sealed class MergeCommand : ApiCommand
{
    private readonly Argument<string> id = Declare.Id("ID", "The case, as 'case list' shows it.");
    private readonly Option<string> into = Declare.Required(
        "--into",
        "The case that goes on.",
        "ID"
    );
    private readonly Option<string> reason = Declare.Required(
        "--reason",
        "Why; it goes on the record."
    );

    public MergeCommand()
        : base("merge", "Makes a case part of another one of the same terminal.")
    {
        Add(id);
        Add(into);
        Add(reason);
    }

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest
            .Post("cases", line.GetRequiredValue(id), "merge")
            .WithJson(
                Body.Of(
                    ("into", line.GetRequiredValue(into)),
                    ("reason", line.GetRequiredValue(reason))
                )
            );

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.Line($"Case {line.GetValue(id)} goes on as {line.GetValue(into)}.");
}
