using Tillkeeper.Server.Console.Api;
using Tillkeeper.Server.Console.Lists;
using Tillkeeper.Server.Console.Shell;
using Tillkeeper.Server.Console.Steps;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Repairs;

namespace Tillkeeper.Server.Console.Repairs;

/// <summary><c>/console/repairs</c>: from the fault to the return that two people accept, with the chain of custody.</summary>
internal static class RepairsEndpoints
{
    public static void MapRepairPages(this IEndpointRouteBuilder app)
    {
        app.MapGet("/console/repairs", List).Needs(Right.Look).AsPage();
        app.MapGet("/console/repairs/new", Diagnose).Needs(Right.RequestWork).AsPage();
        app.MapPost("/console/repairs/new", Open).Needs(Right.RequestWork).AsPage();
        app.MapThing<RepairView, RepairPage>(
            "repairs",
            Right.Look,
            (api, id, _) => api.Get<RepairView>($"/api/v1/repairs/{Uri.EscapeDataString(id)}"),
            RepairSteps.All(app.ServiceProvider.GetRequiredService<TimeProvider>())
        );
    }

    private static async Task<IResult> List(HttpRequest request, ApiClient api)
    {
        var path = ListPath.Of("/api/v1/repairs", request, ["status", "terminal"]);
        if (Csv.IsAsked(request))
        {
            return Csv.Of("repairs", api, path, RepairColumns.All);
        }
        var reply = await api.Get<Page<Looking.RepairRow>>(path);
        return reply.Problem is { } problem
            ? Pages.Refused(problem)
            : Pages.Page<RepairListPage>(reply.Value);
    }

    private static async Task<IResult> Diagnose(
        ApiClient api,
        string terminal = "",
        string part = "",
        string answers = "",
        string @lock = ""
    ) => Pages.Page<NewRepairPage>(await NewRepair.Read(api, terminal, part, answers, @lock));

    private static async Task<IResult> Open(
        IFormCollection form,
        ApiClient api,
        HttpContext context
    )
    {
        var reply = await api.Post("/api/v1/repairs", NewRepair.Body(form), form["once"]);
        if (reply.Problem is not { } problem)
        {
            return Pages.Go($"/console/repairs/{reply.Value.GetProperty("id").GetString()}");
        }
        if (problem.Status == StatusCodes.Status404NotFound)
        {
            // What does not exist for them is not shown back to them as if it did.
            return Pages.Refused(problem);
        }
        Sending.Keep(context, new Sent(NewRepair.Step, form, problem));
        return Pages.Page<NewRepairPage>(
            await NewRepair.Read(
                api,
                form.Said("terminalId") ?? "",
                form.Said("part") ?? "",
                form.Said("answers") ?? "",
                form.Said("lockId") ?? ""
            ),
            problem.Status
        );
    }
}
