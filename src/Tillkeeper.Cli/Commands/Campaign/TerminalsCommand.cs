using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Campaign;

internal sealed class TerminalsCommand : ApiCommand
{
    private readonly Argument<string> id = Declare.Id("ID", "The campaign.");
    private readonly Option<string?> step = Declare.Optional(
        "--step",
        "Only terminals at this step, such as waiting or rolled_back.",
        "STEP"
    );
    private readonly Paging paging = new();

    public TerminalsCommand()
        : base("terminals", "Lists the terminals of a campaign and how far each is.")
    {
        Add(id);
        Add(step);
        paging.AddTo(this);
    }

    protected override ApiRequest Request(ParseResult line) =>
        paging.Apply(
            line,
            ApiRequest
                .Get("campaigns", line.GetRequiredValue(id), "terminals")
                .WithQuery("step", line.GetValue(step))
        );

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.List(answer, "terminal", "group", "step", "code", "took", "estimate", "since");
}
