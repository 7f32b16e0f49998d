using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Case;

internal sealed class DecideCommand : ApiCommand
{
    private readonly Argument<string> id = Declare.Id("ID", "The case, as 'case list' shows it.");
    private readonly Option<bool> approve = new("--approve")
    {
        Description = "Grant what is asked for.",
    };
    private readonly Option<bool> refuse = new("--refuse") { Description = "Refuse it." };
    private readonly Option<string> reason = Declare.Required(
        "--reason",
        "Why; it goes on the record."
    );

    public DecideCommand()
        : base("decide", "Decides a case that you neither opened nor attached to.")
    {
        approve.Arity = ArgumentArity.Zero;
        refuse.Arity = ArgumentArity.Zero;
        Add(id);
        Add(approve);
        Add(refuse);
        Add(reason);
        this.ExactlyOneOf(approve, refuse);
    }

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest
            .Post("cases", line.GetRequiredValue(id), "decision")
            .WithJson(
                Body.Of(
                    ("decision", line.GetValue(approve) ? "approve" : "refuse"),
                    ("reason", line.GetValue(reason))
                )
            );

    protected override void Show(ParseResult line, Answer answer, Screen screen)
    {
        screen.Line(
            $"Case {line.GetValue(id)} is {(line.GetValue(approve) ? "approved" : "refused")}."
        );
        screen.Facts(answer.Document);
    }
}
