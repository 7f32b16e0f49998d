using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Policy;

internal sealed class LiftCommand : ApiCommand
{
    private readonly Argument<string> rule = Declare.Id(
        "RULE",
        "The rule, as 'policy rules' shows it."
    );
    private readonly Option<string> reason = Declare.Required(
        "--reason",
        "Why; it stands in the record."
    );

    public LiftCommand()
        : base("lift", "Gives a rule that a crisis forced to shadow back to the policies.")
    {
        Add(rule);
        Add(reason);
    }

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest
            .Post("policies", "rules", line.GetRequiredValue(rule), "lift")
            .WithJson(Body.Of(("reason", line.GetRequiredValue(reason))));

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.Line($"The policies decide again what {line.GetValue(rule)} does.");
}
