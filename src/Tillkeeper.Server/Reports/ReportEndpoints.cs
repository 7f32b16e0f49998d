using Tillkeeper.Core;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Printing;

namespace Tillkeeper.Server.Reports;

/// <summary><c>GET /api/v1/reports/monthly?month=2026-11&amp;format=json|html|pdf&amp;lang=zh|en</c>: how the provider did (M4).</summary>
internal static class ReportEndpoints
{
    public static IServiceCollection AddReports(this IServiceCollection services) =>
        services.AddSingleton<MonthlyFigures>();

    public static void MapReports(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/v1/reports/monthly", Monthly).Needs(Right.Look);

    /// <param name="lang">Of the page; without it, it is in both languages.</param>
    private static async Task<IResult> Monthly(
        Person person,
        MonthlyFigures figures,
        PdfPrinter printer,
        HttpResponse response,
        CancellationToken cancel,
        string? month = null,
        string format = "json",
        string? lang = null
    )
    {
        if (!MonthlyFigures.TryBegin(month, out var begin))
        {
            return Problems.Of(Refusal.Invalid("month", "Name a month such as 2026-11."));
        }
        if (lang is not (null or "zh" or "en"))
        {
            return Problems.Of(Refusal.Invalid("lang", "Use one of: zh, en."));
        }
        if (format is not ("json" or "html" or "pdf"))
        {
            return Problems.Of(Refusal.Invalid("format", "Use one of: json, html, pdf."));
        }
        response.Headers.CacheControl = "no-store";
        var report = figures.Read(begin, person);
        if (format == "json")
        {
            return Results.Json(report);
        }
        var page = MonthlyPage.Write(report, lang);
        if (format == "html")
        {
            return Results.Text(page, "text/html; charset=utf-8");
        }
        var (pdf, refusal) = await printer.Print(page, cancel);
        return refusal.Or(() => Results.File(pdf, "application/pdf", $"{report.Month}.pdf"));
    }
}
