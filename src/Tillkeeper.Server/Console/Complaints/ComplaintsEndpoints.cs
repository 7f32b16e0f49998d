using Tillkeeper.Server.Complaints;
using Tillkeeper.Server.Console.Api;
using Tillkeeper.Server.Console.Lists;
using Tillkeeper.Server.Console.Shell;
using Tillkeeper.Server.Console.Steps;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;

namespace Tillkeeper.Server.Console.Complaints;

/// <summary><c>/console/complaints</c>: who is not content, whose turn it is to answer, and the packet for an office outside.</summary>
internal static class ComplaintsEndpoints
{
    public static void MapComplaintPages(this IEndpointRouteBuilder app)
    {
        app.MapGet("/console/complaints", List).Needs(Right.Look).AsPage();
        app.MapGet("/console/complaints/new", () => Pages.Page<NewComplaintPage>())
            .Needs(Right.OpenCases)
            .AsPage();
        app.MapPost("/console/complaints/new", Open).Needs(Right.OpenCases).AsPage();
        app.MapGet(
                "/console/complaints/{id}/packet",
                (string id, ApiClient api, string format = "json") =>
                    api.Pass($"{PathOf(id)}/packet?format={Uri.EscapeDataString(format)}")
            )
            .Needs(Right.Look)
            .AsPage();
        app.MapThing<ComplaintView, ComplaintPage>(
            "complaints",
            Right.Look,
            (api, id, _) => api.Get<ComplaintView>(PathOf(id)),
            new Dictionary<string, FormStep>(StringComparer.Ordinal)
            {
                ["review"] = FormStep.Post(
                    "/review",
                    form => new { outcome = form.Said("outcome"), reason = form.Said("reason") }
                ),
                ["escalate"] = FormStep.Post("/escalate", form => new { to = form.Said("to") }),
            }
        );
    }

    private static string PathOf(string id) => $"/api/v1/complaints/{Uri.EscapeDataString(id)}";

    private static async Task<IResult> List(HttpRequest request, ApiClient api)
    {
        var state = request.Query["state"].ToString();
        var path = ListPath.Of(
            "/api/v1/complaints",
            request,
            [],
            (
                "state",
                state.Length == 0 ? "open" : state.Replace("all", "", StringComparison.Ordinal)
            ),
            ("sort", "due")
        );
        if (Csv.IsAsked(request))
        {
            return Csv.Of("complaints", api, path, ComplaintColumns.All);
        }
        var reply = await api.Get<Page<ComplaintView>>(path);
        return reply.Problem is { } problem
            ? Pages.Refused(problem)
            : Pages.Page<ComplaintListPage>(reply.Value);
    }

    private static async Task<IResult> Open(
        IFormCollection form,
        ApiClient api,
        HttpContext context
    )
    {
        var reply = await api.Post(
            "/api/v1/complaints",
            new
            {
                kind = form.Said("kind"),
                terminalId = form.Said("terminalId"),
                lockId = form.Said("lockId"),
                caseId = form.Said("caseId"),
                text = form.Said("text"),
            },
            form["once"]
        );
        if (reply.Problem is not { } problem)
        {
            return Pages.Go($"/console/complaints/{reply.Value.GetProperty("id").GetString()}");
        }
        if (problem.Status == StatusCodes.Status404NotFound)
        {
            // What does not exist for them is not shown back to them as if it did.
            return Pages.Refused(problem);
        }
        Sending.Keep(context, new Sent("open", form, problem));
        return Pages.Page<NewComplaintPage>(null, problem.Status);
    }
}
