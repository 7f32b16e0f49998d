using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Terminal;

internal sealed class ImportCommand : ApiCommand
{
    private readonly TerminalFacts facts = new();

    public ImportCommand()
        : base("import", "Adds or updates a terminal by its serial number; harmless to repeat.") =>
        facts.AddTo(this);

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest
            .Put("terminals", "by-serial", line.GetRequiredValue(facts.Serial))
            .WithJson(facts.BodyWith(line, serial: null));

    protected override void Show(ParseResult line, Answer answer, Screen screen) =>
        screen.Facts(answer.Document);
}
