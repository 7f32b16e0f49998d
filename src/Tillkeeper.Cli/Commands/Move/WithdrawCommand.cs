using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Move;

internal sealed class WithdrawCommand : ApiCommand
{
    private readonly Argument<string> terminal = Declare.Id("TERMINAL", "The terminal that stays.");

    public WithdrawCommand()
        : base("withdraw", "Withdraws an announced move, or one that was asked for.")
    {
        Add(terminal);
    }

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest.Delete("terminals", line.GetRequiredValue(terminal), "moves");

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.Line("The move is withdrawn.");
}
