using System.Globalization;
using Tillkeeper.Server.Console.Api;
using Tillkeeper.Server.Console.Lists;
using Tillkeeper.Server.Console.Shell;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Reports;

namespace Tillkeeper.Server.Console.Reports;

/// <summary><c>/console/reports</c> (M4): how the provider did in a month, as charts and as the numbers they are drawn from.</summary>
internal static class ReportPages
{
    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    public static void MapReportPages(this IEndpointRouteBuilder app)
    {
        app.MapGet("/console/reports", Show).Needs(Right.Look).AsPage();
    }

    private static async Task<IResult> Show(
        ApiClient api,
        HttpRequest request,
        TimeProvider time,
        string? month = null
    )
    {
        var reply = await Read(api, time, month);
        if (reply.Problem is { } problem)
        {
            return Pages.Refused(problem);
        }
        return Csv.IsAsked(request)
            ? new ReportCsv(reply.Value!)
            : Pages.Page<ReportPage>(reply.Value);
    }

    private static Task<Reply<MonthlyReport>> Read(
        ApiClient api,
        TimeProvider time,
        string? month
    ) =>
        api.Get<MonthlyReport>(
            $"/api/v1/reports/monthly?month={Uri.EscapeDataString(month is { Length: > 0 } ? month : Now(time))}"
        );

    private static string Now(TimeProvider time) =>
        time.GetUtcNow().ToOffset(China).ToString("yyyy-MM", CultureInfo.InvariantCulture);
}
