using System.CommandLine;
using Tillkeeper.Cli.Api;
using Tillkeeper.Cli.Output;

namespace Tillkeeper.Cli.Commands.Crisis;

internal sealed class ReportCommand : ApiCommand
{
    private readonly Argument<string> id = Declare.Id(
        "ID",
        "The crisis, as 'crisis list' shows it."
    );

    public ReportCommand()
        : base("report", "The report on a crisis, as Markdown; as JSON with -o json.") => Add(id);

    protected override ApiRequest Request(ParseResult line) =>
        ApiRequest.Get("crises", line.GetRequiredValue(id), "report");

    protected override void Show(ParseResult line, Answer answer, Screen screen)
    {
        foreach (var row in (answer.Document.Text("markdown") ?? "").TrimEnd().Split('\n'))
        {
            screen.Line(Cell.Plain(row));
        }
    }
}
