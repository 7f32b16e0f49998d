using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Case;

internal sealed class ReassignCommand : ApiCommand
{
    private readonly Argument<string> id = Declare.Id("ID", "The case, as 'case list' shows it.");
    private readonly Option<string> person = Declare.Required(
        "--person",
        "Their key's id, as 'key list' shows it.",
        "ID"
    );
    private readonly Option<string> reason = Declare.Required(
        "--reason",
        "Why; it goes on the record."
    );

    public ReassignCommand()
        : base("reassign", "Gives a case to somebody who may decide it.")
    {
        Add(id);
        Add(person);
        Add(reason);
    }

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest
            .Post("cases", line.GetRequiredValue(id), "assignee")
            .WithJson(
                Body.Of(
                    ("person", line.GetRequiredValue(person)),
                    ("reason", line.GetRequiredValue(reason))
                )
            );

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.Line($"Case {line.GetValue(id)} is theirs now.");
}
