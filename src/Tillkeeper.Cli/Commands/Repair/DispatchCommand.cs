using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Repair;

internal sealed class DispatchCommand : ApiCommand
{
    private readonly Argument<string> id = Declare.Id("ID", "Which one, as the list shows it.");
    private readonly Option<string> company = Declare.Required("--company", "Whose repairer.");
    private readonly Option<string> repairer = Declare.Required("--repairer", "Their name.");
    private readonly Option<string?> due = Declare.Optional(
        "--due",
        "Until when, as 2026-12-01T09:00:00Z."
    );

    public DispatchCommand()
        : base("dispatch", "Says who comes, or gets the terminal.")
    {
        Add(id);
        Add(company);
        Add(repairer);
        Add(due);
    }

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest
            .Post("repairs", line.GetRequiredValue(id), "dispatch")
            .WithJson(
                Body.Of(
                    ("company", line.GetValue(company)),
                    ("repairer", line.GetValue(repairer)),
                    ("due", line.GetValue(due))
                )
            );

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.Line(
            $"{line.GetValue(repairer)} of {line.GetValue(company)} is sent; look at a document before they get the terminal."
        );
}
