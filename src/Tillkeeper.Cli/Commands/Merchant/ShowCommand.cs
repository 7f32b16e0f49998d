using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Merchant;

internal sealed class ShowCommand : ApiCommand
{
    private readonly Argument<string> id = Declare.Id(
        "ID",
        "The merchant, as 'merchant list' shows it."
    );

    public ShowCommand()
        : base("show", "Shows one merchant.") => Add(id);

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest.Get("merchants", line.GetRequiredValue(id));

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.Facts(answer.Document);
}
