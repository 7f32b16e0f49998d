using Tillkeeper.Core;
using Tillkeeper.Server.Cases;
using Tillkeeper.Server.Console.Api;
using Tillkeeper.Server.Console.Lists;
using Tillkeeper.Server.Console.Shell;
using Tillkeeper.Server.Console.Steps;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;

namespace Tillkeeper.Server.Console.Cases;

/// <summary><c>/console/cases</c>: what is due, and the desk at which one case is settled.</summary>
internal static class CasesEndpoints
{
    public static void MapCaseDesk(this IEndpointRouteBuilder app)
    {
        app.MapGet("/console/cases", List).Needs(Right.Look).AsPage();
        app.MapGet("/console/cases/new", New).Needs(Right.OpenCases).AsPage();
        app.MapPost("/console/cases/new", Open).Needs(Right.OpenCases).AsPage();
        app.MapGet("/console/cases/{id}", Show).Needs(Right.Look).AsPage();
        app.MapGet(
                "/console/cases/{id}/documents/{document}",
                (string id, string document, ApiClient api) =>
                    api.Pass($"{CaseDesk.PathOf(id)}/documents/{Uri.EscapeDataString(document)}")
            )
            .Needs(Right.DecideCases)
            .AsPage();
        // Who may take which step is the API's to say: the desk is the same for all who see the case.
        app.MapPost("/console/cases/{id}/{step}", Take).Needs(Right.Look).AsPage();
    }

    private static async Task<IResult> List(HttpRequest request, ApiClient api)
    {
        var state = request.Query["state"].ToString();
        var path = ListPath.Of(
            "/api/v1/cases",
            request,
            ["assignee", "wayOut", "severity", "merchant", "terminal", "number", "overdue"],
            ("state", StateOf(state)),
            ("sort", "due")
        );
        if (Csv.IsAsked(request))
        {
            return Csv.Of("cases", api, path, CaseColumns.All);
        }
        var reply = await api.Get<Page<CaseRow>>(path);
        return reply.Problem is { } problem
            ? Pages.Refused(problem)
            : Pages.Page<CaseListPage>(reply.Value);
    }

    /// <summary>What is settled is looked for; what is not is worked through.</summary>
    private static string? StateOf(string chosen) =>
        chosen switch
        {
            "" => "unsettled",
            "all" => null,
            _ => chosen,
        };

    private static async Task<IResult> Show(string id, ApiClient api, Person person)
    {
        var desk = await CaseDesk.Read(api, id, person);
        return desk.Problem is { } problem
            ? Pages.Refused(problem)
            : Pages.Page<CasePage>(desk.Value);
    }

    private static async Task<IResult> Take(
        string id,
        string step,
        IFormCollection form,
        ApiClient api,
        Person person
    )
    {
        var before = await CaseDesk.Read(api, id, person);
        if (before.Problem is { } problem)
        {
            return Pages.Refused(problem);
        }
        if (await CaseSteps.Take(api, id, step, form) is not { } reply)
        {
            return Pages.Refused(Refusal.NotFound("step"));
        }
        if (reply.Problem is null && !CaseSteps.ShowsAnswer(step))
        {
            return Pages.Go($"/console/cases/{Uri.EscapeDataString(id)}#{step}");
        }
        var sent = new Sent(step, form, reply.Problem, reply.Value);
        var desk = await CaseDesk.Read(api, id, person, sent);
        return Pages.Page<CasePage>(desk.Value, reply.Problem?.Status ?? StatusCodes.Status200OK);
    }

    private static async Task<IResult> New(HttpRequest request, ApiClient api) =>
        Pages.Page<NewCasePage>(
            await NewCase.Read(
                api,
                request.Query["terminal"].ToString(),
                request.Query["lock"].ToString()
            )
        );

    private static async Task<IResult> Open(IFormCollection form, ApiClient api)
    {
        var reply = await api.Post("/api/v1/cases", NewCase.Body(form), form["once"]);
        if (reply.Problem is not { } problem)
        {
            return Pages.Go($"/console/cases/{reply.Value.GetProperty("id").GetString()}");
        }
        if (problem.Status == StatusCodes.Status404NotFound)
        {
            // What does not exist for them is not shown back to them as if it did.
            return Pages.Refused(problem);
        }
        var sent = new Sent(NewCase.Step, form, problem);
        return Pages.Page<NewCasePage>(
            await NewCase.Read(api, form.Said("terminalId") ?? "", form.Said("lockId") ?? "", sent),
            problem.Status
        );
    }
}
