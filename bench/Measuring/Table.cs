using System.Globalization;
using System.Text;

namespace Tillkeeper.Bench.Measuring;

/// <summary>The table of ratios, as it is printed and as it is kept.</summary>
internal static class Table
{
    public static string Write(IReadOnlyList<Row> rows)
    {
        var text = new StringBuilder()
            .AppendLine("| id | what | ours | yardstick | ratio | goal | |")
            .AppendLine("|---|---|---|---|---|---|---|");
        foreach (var row in rows)
        {
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"| {row.Id} | {row.What} | {Figure(row.Ours)} {row.Unit} | {Figure(row.Yardstick)} {row.Unit} | {Ratio(row.Ratio)} | {(row.AtLeast ? ">=" : "<=")} {row.Goal:F2} | {(row.IsMet ? "met" : "not met")} |"
            );
        }
        foreach (var row in rows.Where(r => r.Notes.Length > 0))
        {
            text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"{row.Id}: {row.Notes}");
        }
        return text.ToString();
    }

    private static string Figure(Spread s) => Text(s, s.Median < 100 ? "F2" : "N0");

    private static string Ratio(Spread s) => Text(s, "F2");

    private static string Text(Spread s, string format) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{s.Median.ToString(format, CultureInfo.InvariantCulture)} ({s.Least.ToString(format, CultureInfo.InvariantCulture)} to {s.Most.ToString(format, CultureInfo.InvariantCulture)})"
        );
}
