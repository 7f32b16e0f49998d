using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Case;

internal sealed class AnswerCommand : ApiCommand
{
    private readonly Argument<string> id = Declare.Id("ID", "The case, as 'case list' shows it.");
    private readonly Option<int> score = new("--score")
    {
        Description = "How well the shop was helped: 1 (badly) to 5 (well).",
        Required = true,
    };

    public AnswerCommand()
        : base("answer", "Answers the one question to the shop, or notes down what it said.")
    {
        Add(id);
        Add(score);
    }

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest
            .Put("cases", line.GetRequiredValue(id), "answer")
            .WithJson(Body.Of(("score", line.GetRequiredValue(score))));

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.Line("Thank you; it is on the record.");
}
