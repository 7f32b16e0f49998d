using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Campaign;

internal sealed class ShowCommand : ApiCommand
{
    private readonly Argument<string> id = Declare.Id("ID", "The campaign.");

    public ShowCommand()
        : base(
            "show",
            "Shows a campaign: its groups, how far they are, how good its estimates were."
        ) => Add(id);

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest.Get("campaigns", line.GetRequiredValue(id));

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.Facts(answer.Document);
}
