using System.Globalization;
using CsvHelper;
using Tillkeeper.Server.Console.Api;
using Tillkeeper.Server.Console.Shell;
using Tillkeeper.Server.Console.Texts;
using Tillkeeper.Server.Http;

namespace Tillkeeper.Server.Console.Lists;

/// <summary>
/// A whole list as a file (RFC 4180), page after page of the API, so that a million rows need no more memory than two hundred. Cells that a
/// spreadsheet would calculate are kept from it.
/// </summary>
internal static class Csv
{
    private const int PageSize = 200;
    private const int MostRows = 1_000_000;

    public static bool IsAsked(HttpRequest request) => request.Query["format"] == "csv";

    /// <param name="path">The list's path at the API with its filters; <c>after</c> and <c>limit</c> are set here.</param>
    public static IResult Of<T>(
        string name,
        ApiClient api,
        string path,
        IReadOnlyList<Column<T>> columns
    ) => new File<T>(name, api, path, columns, Phrases.Current);

    private sealed record File<T>(
        string Name,
        ApiClient Api,
        string Path,
        IReadOnlyList<Column<T>> Columns,
        Phrases Say
    ) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var reply = await Next("");
            if (reply.Problem is { } problem)
            {
                await Pages.Refused(problem).ExecuteAsync(httpContext);
                return;
            }
            var response = httpContext.Response;
            response.ContentType = "text/csv; charset=utf-8";
            response.Headers.ContentDisposition = $"attachment; filename=\"{Name}.csv\"";
            await Send(
                response,
                csv =>
                {
                    foreach (var column in Columns)
                    {
                        csv.WriteField(Say[column.Phrase]);
                    }
                    csv.EndRecord();
                },
                // With its mark, so that a spreadsheet reads Chinese rightly.
                new CsvWriterOptions { WriteByteOrderMark = true }
            );
            for (var rows = 0; rows < MostRows && reply.Value is { } page; )
            {
                await Send(response, csv => Write(csv, page.Items));
                rows += page.Items.Count;
                if (page.Next is null)
                {
                    break;
                }
                reply = await Next(page.Next);
            }
        }

        private void Write(CsvWriter csv, IReadOnlyList<T> items)
        {
            foreach (var item in items)
            {
                foreach (var column in Columns)
                {
                    var text = column.Text(item);
                    csv.WriteField(column.IsFigure ? text : Spreadsheet.Plain(text));
                }
                csv.EndRecord();
            }
        }

        private static async Task Send(
            HttpResponse response,
            Action<CsvWriter> write,
            CsvWriterOptions? options = null
        )
        {
            using MemoryStream bytes = new();
            using (var csv = CsvWriter.Create(bytes, options ?? new CsvWriterOptions()))
            {
                write(csv);
            }
            await response.Body.WriteAsync(bytes.ToArray(), response.HttpContext.RequestAborted);
        }

        private Task<Reply<Page<T>>> Next(string after) =>
            Api.Get<Page<T>>(
                $"{Path}{(Path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}limit={PageSize.ToString(CultureInfo.InvariantCulture)}&after={Uri.EscapeDataString(after)}"
            );
    }
}
