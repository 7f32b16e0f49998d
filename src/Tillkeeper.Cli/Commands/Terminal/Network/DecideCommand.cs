using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Terminal.Network;

internal sealed class DecideCommand : ApiCommand
{
    private readonly Argument<string> id = Declare.Id(
        "ID",
        "The terminal, as 'terminal list' shows it."
    );
    private readonly Argument<string> request = Declare.Id(
        "REQUEST",
        "The request, as 'terminal network list' shows it."
    );
    private readonly Option<bool> approve = new("--approve")
    {
        Description = "The terminal may be used there from now on.",
        Arity = ArgumentArity.Zero,
    };
    private readonly Option<bool> refuse = new("--refuse")
    {
        Description = "It may not.",
        Arity = ArgumentArity.Zero,
    };
    private readonly Option<string> reason = Declare.Required(
        "--reason",
        "Why; it goes on the record."
    );

    public DecideCommand()
        : base("decide", "Decides a request for a network that somebody else has made.")
    {
        Add(id);
        Add(request);
        Add(approve);
        Add(refuse);
        Add(reason);
        this.ExactlyOneOf(approve, refuse);
    }

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest
            .Post(
                "terminals",
                line.GetRequiredValue(id),
                "networks",
                line.GetRequiredValue(request),
                "decision"
            )
            .WithJson(
                Body.Of(
                    ("decision", line.GetValue(approve) ? "approve" : "refuse"),
                    ("reason", line.GetValue(reason))
                )
            );

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.Line(
            $"The network is {(line.GetValue(approve) ? "approved: it counts from the terminal's next report on" : "refused")}."
        );
}
