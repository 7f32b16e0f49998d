using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Policy;

internal sealed class RemoveCommand : ApiCommand
{
    private readonly Option<string> target = PolicyOptions.Target();
    private readonly Option<string> reason = Declare.Required(
        "--reason",
        "Why; it stands in the record."
    );

    public RemoveCommand()
        : base("remove", "Takes the policy of a target away; what is set above it holds again.")
    {
        Add(target);
        Add(reason);
    }

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest
            .Delete("policies", line.GetRequiredValue(target))
            .WithQuery("reason", line.GetRequiredValue(reason));

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.Facts(answer.Document);
}
