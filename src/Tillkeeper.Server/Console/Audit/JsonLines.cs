using System.Text.Json;
using Tillkeeper.Server.Console.Api;
using Tillkeeper.Server.Console.Shell;

namespace Tillkeeper.Server.Console.Audit;

/// <summary>What was searched for as one JSON object a line, page after page of the API, for whoever reads it with programs.</summary>
internal sealed record JsonLines(ApiClient Api, string Path) : IResult
{
    private const int MostPages = 50_000;
    private static readonly byte[] LineBreak = "\n"u8.ToArray();

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var reply = await Next("");
        if (reply.Problem is { } problem)
        {
            await Pages.Refused(problem).ExecuteAsync(httpContext);
            return;
        }
        var response = httpContext.Response;
        response.ContentType = "application/jsonl";
        response.Headers.ContentDisposition = "attachment; filename=\"audit.jsonl\"";
        for (var page = 0; page < MostPages && reply.Good; page++)
        {
            foreach (var row in reply.Value.GetProperty("items").EnumerateArray())
            {
                await JsonSerializer.SerializeAsync(
                    response.Body,
                    row,
                    cancellationToken: httpContext.RequestAborted
                );
                await response.Body.WriteAsync(LineBreak, httpContext.RequestAborted);
            }
            if (
                !reply.Value.TryGetProperty("next", out var next)
                || next.GetString() is not { } after
            )
            {
                return;
            }
            reply = await Next(after);
        }
    }

    private Task<Reply<JsonElement>> Next(string after) =>
        Api.Get(
            $"{Path}{(Path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}limit=200&after={Uri.EscapeDataString(after)}"
        );
}
