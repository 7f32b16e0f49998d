using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Repair;

internal sealed class CustodyCommand : ApiCommand
{
    private readonly Argument<string> id = Declare.Id("ID", "Which one, as the list shows it.");
    private readonly Option<string> from = Declare.Required(
        "--from",
        "Who had it: shop, courier, repairer or depot."
    );
    private readonly Option<string> to = Declare.Required("--to", "Who has it now.");
    private readonly Option<string> condition = Declare.Required("--condition", "How it looks.");
    private readonly Option<string?> seal = Declare.Optional(
        "--seal",
        "Number of the bag or seal."
    );

    public CustodyCommand()
        : base("custody", "Records that the terminal changed hands.")
    {
        Add(id);
        Add(from);
        Add(to);
        Add(condition);
        Add(seal);
    }

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest
            .Post("repairs", line.GetRequiredValue(id), "custody")
            .WithJson(
                Body.Of(
                    ("from", line.GetValue(from)),
                    ("to", line.GetValue(to)),
                    ("condition", line.GetValue(condition)),
                    ("seal", line.GetValue(seal))
                )
            );

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.Line($"The {line.GetValue(to)} has it now.");
}
