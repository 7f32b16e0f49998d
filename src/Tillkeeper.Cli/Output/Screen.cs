using Spectre.Console;

namespace Tillkeeper.Cli.Output;

/// <summary>Where tables and sentences for a person go. Text is never read as markup.</summary>
internal sealed class Screen
{
    // Wide enough that a pipe gets one row a line, whatever the row holds.
    private const int PipeWidth = 4096;

    private readonly IAnsiConsole console;

    public Screen(TextWriter writer)
    {
        console = AnsiConsole.Create(
            new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) }
        );
        if (!console.Profile.Out.IsTerminal)
        {
            console.Profile.Width = PipeWidth;
        }
    }

    public void Line(string text) => console.WriteLine(text);

    public void Table(IEnumerable<string> headers, IEnumerable<IEnumerable<string>> rows)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (var header in headers)
        {
            // An id is there to be copied: on a narrow screen the other columns give way.
            var isId = header.EndsWith("id", StringComparison.OrdinalIgnoreCase);
            table.AddColumn(new TableColumn(new Text(Cell.Plain(header))) { NoWrap = isId });
        }

        foreach (var row in rows)
        {
            table.AddRow(row.Select(cell => new Text(cell)));
        }

        console.Write(table);
    }

    /// <summary>Indented lines that belong to the line before, those without a value left out.</summary>
    public void Details(params (string Name, string Value)[] details)
    {
        var grid = new Grid()
            .AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(4, 0, 2, 0) })
            .AddColumn();
        foreach (var (name, value) in details.Where(detail => detail.Value.Length > 0))
        {
            grid.AddRow(new Text(name), new Text(value));
        }

        console.Write(grid);
    }
}
