using System.Text.Json.Nodes;
using Tillkeeper.Cli.Api;

namespace Tillkeeper.Cli.Output;

/// <summary>Rows of like things. Columns that no row fills are left out; without any, all the server sent are shown.</summary>
internal static class ListView
{
    /// <summary>Shows <c>{items, next}</c>.</summary>
    public static void List(this Screen screen, Answer answer, params string[] columns)
    {
        screen.Rows(answer.Document.Objects("items"), columns);
        if (answer.Document.Text("next") is { Length: > 0 } next)
        {
            screen.Line($"more: --after {next}");
        }
    }

    public static void Rows(
        this Screen screen,
        IReadOnlyList<JsonObject> rows,
        params string[] columns
    )
    {
        var filled = columns.Where(column => rows.Any(row => row.Text(column).Length > 0)).ToList();
        var shown =
            filled.Count > 0
                ? filled
                : [.. rows.SelectMany(row => row.Select(field => field.Key)).Distinct()];
        if (shown.Count == 0)
        {
            screen.Line("none");
            return;
        }

        screen.Table(shown, rows.Select(row => shown.Select(column => row.Text(column))));
    }
}
