using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Terminal;

internal sealed class AlternativesCommand : ApiCommand
{
    private readonly Argument<string> id = Declare.Id(
        "ID",
        "The terminal, as 'terminal list' shows it."
    );

    public AlternativesCommand()
        : base(
            "alternatives",
            "Lists the shop's other terminals that could take over meanwhile."
        ) => Add(id);

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest.Get("terminals", line.GetRequiredValue(id), "alternatives");

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.List(answer, "id", "serial", "model", "store", "sameStore", "step");
}
