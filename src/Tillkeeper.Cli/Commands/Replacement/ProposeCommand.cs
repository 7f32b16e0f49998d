using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Replacement;

internal sealed class ProposeCommand : ApiCommand
{
    private readonly Argument<string> old = Declare.Id("OLD", "The terminal that goes.");
    private readonly Argument<string> successor = Declare.Id(
        "NEW",
        "The registered, free terminal that takes over."
    );
    private readonly Option<string> reason = Declare.Required(
        "--reason",
        "Why; it goes on the record."
    );
    private readonly RegistrationOptions registration = new();

    public ProposeCommand()
        : base("propose", "Proposes that another terminal takes the place of one.")
    {
        Add(old);
        Add(successor);
        Add(reason);
        registration.AddTo(this);
    }

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest
            .Post("replacements")
            .WithJson(
                Body.Of(
                    ("terminalId", line.GetValue(old)),
                    ("newTerminalId", line.GetValue(successor)),
                    ("registrations", registration.Of(line)),
                    ("reason", line.GetValue(reason))
                )
            );

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.Facts(answer.Document);
}
