using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Terminal;

internal sealed class ShowCommand : ApiCommand
{
    private readonly Argument<string> id = Declare.Id(
        "ID",
        "The terminal, as 'terminal list' shows it."
    );

    public ShowCommand()
        : base(
            "show",
            "Shows one terminal with its locks; pending is what it has not confirmed yet."
        ) => Add(id);

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest.Get("terminals", line.GetRequiredValue(id));

    protected override void Show(ParseResult line, Answer answer, Screen screen)
    {
        screen.Facts(answer.Document, without: "locks");
        screen.Locks(answer.Document, answer.At);
    }
}
