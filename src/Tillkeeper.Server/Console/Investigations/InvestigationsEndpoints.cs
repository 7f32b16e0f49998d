using System.Globalization;
using Tillkeeper.Server.Cases;
using Tillkeeper.Server.Console.Api;
using Tillkeeper.Server.Console.Lists;
using Tillkeeper.Server.Console.Shell;
using Tillkeeper.Server.Console.Steps;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Investigations;
using Tillkeeper.Server.People;

namespace Tillkeeper.Server.Console.Investigations;

/// <summary>An investigation, and the names of those who can be asked to do something about it.</summary>
internal sealed record InvestigationDesk(
    InvestigationView Investigation,
    IReadOnlyList<ColleagueEndpoint.Colleague> Colleagues
)
{
    public static async Task<Reply<InvestigationDesk>> Read(ApiClient api, string id, Person person)
    {
        var shown = await api.Get<InvestigationView>(
            $"/api/v1/investigations/{Uri.EscapeDataString(id)}"
        );
        if (shown.Value is not { } view)
        {
            return new(shown.Status, null, shown.Problem);
        }
        var colleagues = Rights.May(person.Role, Right.HandleAlerts)
            ? await api.Get<Page<ColleagueEndpoint.Colleague>>("/api/v1/colleagues")
            : null;
        return new(shown.Status, new InvestigationDesk(view, colleagues?.Value?.Items ?? []), null);
    }
}

/// <summary><c>/console/investigations</c>: what happened, why, and what changes.</summary>
internal static class InvestigationsEndpoints
{
    public static void MapInvestigationPages(this IEndpointRouteBuilder app)
    {
        app.MapGet("/console/investigations", List).Needs(Right.SeeInvestigations).AsPage();
        app.MapGet("/console/investigations/new", () => Pages.Page<NewInvestigationPage>())
            .Needs(Right.Investigate)
            .AsPage();
        app.MapPost("/console/investigations/new", Open).Needs(Right.Investigate).AsPage();
        app.MapThing<InvestigationDesk, InvestigationPage>(
            "investigations",
            Right.SeeInvestigations,
            InvestigationDesk.Read,
            Steps(app.ServiceProvider.GetRequiredService<TimeProvider>())
        );
    }

    private static Dictionary<string, FormStep> Steps(TimeProvider time) =>
        new(StringComparer.Ordinal)
        {
            ["findings"] = new(
                _ => "/findings",
                form => new
                {
                    causeConfirmed = form.Said("cause") is null,
                    causeCorrected = form.Said("cause"),
                    factors = form.Lines("factors"),
                },
                Puts: true
            ),
            ["actions"] = FormStep.Post(
                "/actions",
                form => new
                {
                    what = form.Said("what"),
                    owner = form.Said("owner"),
                    due = Deadline.Of(form, time),
                }
            ),
            ["done"] = new(form => $"/actions/{form.Segment("action")}/done", _ => new { }),
            ["policies"] = FormStep.Post(
                "/policies",
                form => new
                {
                    target = form.Said("target"),
                    revision = long.TryParse(
                        form.Said("revision"),
                        NumberStyles.None,
                        CultureInfo.InvariantCulture,
                        out var revision
                    )
                        ? revision
                        : (long?)null,
                }
            ),
            ["close"] = FormStep.Post(
                "/close",
                form => new
                {
                    conclusion = form.Said("conclusion"),
                    falseLock = form.Chose("falseLock"),
                }
            ),
        };

    private static async Task<IResult> List(HttpRequest request, ApiClient api)
    {
        var path = ListPath.Of("/api/v1/investigations", request, ["state"]);
        if (Csv.IsAsked(request))
        {
            return Csv.Of("investigations", api, path, InvestigationColumns.All);
        }
        var reply = await api.Get<Page<InvestigationView>>(path);
        return reply.Problem is { } problem
            ? Pages.Refused(problem)
            : Pages.Page<InvestigationListPage>(reply.Value);
    }

    private static async Task<IResult> Open(
        IFormCollection form,
        ApiClient api,
        HttpContext context
    )
    {
        var reply = await api.Post(
            "/api/v1/investigations",
            new
            {
                terminalId = form.Said("terminalId"),
                lockId = form.Said("lockId"),
                batchId = form.Said("batchId"),
                summary = form.Said("summary"),
            },
            form["once"]
        );
        if (reply.Problem is not { } problem)
        {
            return Pages.Go($"/console/investigations/{reply.Value.GetProperty("id").GetString()}");
        }
        if (problem.Status == StatusCodes.Status404NotFound)
        {
            // What does not exist for them is not shown back to them as if it did.
            return Pages.Refused(problem);
        }
        Sending.Keep(context, new Sent("open", form, problem));
        return Pages.Page<NewInvestigationPage>(null, problem.Status);
    }
}
