using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Console.Api;
using Tillkeeper.Server.Console.Lists;
using Tillkeeper.Server.Console.Shell;
using Tillkeeper.Server.Console.Steps;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Watch;

namespace Tillkeeper.Server.Console.Alerts;

/// <summary><c>/console/alerts</c>: what somebody has to look at, whose it is and until when.</summary>
internal static class AlertsEndpoints
{
    public static void MapAlertPages(this IEndpointRouteBuilder app)
    {
        var time = app.ServiceProvider.GetRequiredService<TimeProvider>();
        app.MapGet("/console/alerts", List).Needs(Right.Look).AsPage();
        app.MapThing<AlertView, AlertPage>(
            "alerts",
            Right.Look,
            (api, id, _) => api.Get<AlertView>($"/api/v1/alerts/{Uri.EscapeDataString(id)}"),
            new Dictionary<string, FormStep>(StringComparer.Ordinal)
            {
                ["own"] = FormStep.Post("/own", _ => new { }),
                ["due"] = FormStep.Post("/due", form => new { due = Deadline.Of(form, time) }),
                ["settle"] = FormStep.WithReason("/settle"),
            }
        );
    }

    private static async Task<IResult> List(HttpRequest request, ApiClient api)
    {
        var state = request.Query["state"].ToString();
        var path = ListPath.Of(
            "/api/v1/alerts",
            request,
            ["owner", "severity", "kind", "terminal"],
            (
                "state",
                state.Length == 0
                    ? Words.Of(AlertStatus.Open)
                    : state.Replace("all", "", StringComparison.Ordinal)
            ),
            ("sort", "due")
        );
        if (Csv.IsAsked(request))
        {
            return Csv.Of("alerts", api, path, AlertColumns.All);
        }
        var reply = await api.Get<Page<AlertView>>(path);
        return reply.Problem is { } problem
            ? Pages.Refused(problem)
            : Pages.Page<AlertListPage>(reply.Value);
    }
}
