using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Crisis;

internal sealed class ShowCommand : ApiCommand
{
    private readonly Argument<string> id = Declare.Id(
        "ID",
        "The crisis, as 'crisis list' shows it."
    );

    public ShowCommand()
        : base("show", "Shows a crisis: what is locked, what is common to it, what was done.") =>
        Add(id);

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest.Get("crises", line.GetRequiredValue(id));

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.Facts(answer.Document);
}
