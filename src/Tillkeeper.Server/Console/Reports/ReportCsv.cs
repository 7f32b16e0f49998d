using System.Globalization;
using CsvHelper;
using Tillkeeper.Server.Console.Texts;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Reports;

namespace Tillkeeper.Server.Console.Reports;

/// <summary>The numbers of a month as a file: which table, which row, which number.</summary>
internal sealed record ReportCsv(MonthlyReport Report) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var say = Phrases.Current;
        using MemoryStream bytes = new();
        using (
            // With its mark, so that a spreadsheet reads Chinese rightly.
            var csv = CsvWriter.Create(bytes, new CsvWriterOptions { WriteByteOrderMark = true })
        )
        {
            Write(csv, say["reports.table"], say["reports.row"], say["reports.number"]);
            foreach (var table in ReportTables.Of(Report, say))
            {
                foreach (var row in table.Rows)
                {
                    for (var i = 0; i < row.Cells.Count; i++)
                    {
                        Write(
                            csv,
                            table.Title,
                            $"{row.Label} · {table.Columns[i]}",
                            row.Cells[i].Value?.ToString(CultureInfo.InvariantCulture) ?? ""
                        );
                    }
                }
            }
        }
        var response = httpContext.Response;
        response.ContentType = "text/csv; charset=utf-8";
        response.Headers.ContentDisposition = $"attachment; filename=\"report-{Report.Month}.csv\"";
        await response.Body.WriteAsync(bytes.ToArray(), httpContext.RequestAborted);
    }

    private static void Write(CsvWriter csv, params ReadOnlySpan<string> cells)
    {
        foreach (var cell in cells)
        {
            csv.WriteField(Spreadsheet.Plain(cell));
        }
        csv.EndRecord();
    }
}
