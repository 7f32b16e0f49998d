using System.Globalization;
using System.Text;

namespace Tillkeeper.House;

/// <summary>The few shapes that generated documents are made of.</summary>
internal static class Markdown
{
    public static StringBuilder Paragraph(this StringBuilder text, string line) =>
        text.AppendLine().AppendLine(line);

    public static StringBuilder Heading(this StringBuilder text, int level, string title) =>
        text.Paragraph($"{new string('#', level)} {title}");

    public static void Table(
        this StringBuilder text,
        IReadOnlyList<string> columns,
        IEnumerable<IReadOnlyList<string>> rows
    )
    {
        text.AppendLine();
        Row(text, columns);
        Row(text, [.. columns.Select(_ => "---")]);
        foreach (var row in rows)
        {
            Row(text, row);
        }
    }

    private static void Row(StringBuilder text, IReadOnlyList<string> cells) =>
        text.AppendLine(CultureInfo.InvariantCulture, $"| {string.Join(" | ", cells)} |");
}
