using Tillkeeper.Core;
using Tillkeeper.Server.Console.Api;
using Tillkeeper.Server.Console.Shell;
using Tillkeeper.Server.Locks;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Terminals;

namespace Tillkeeper.Server.Console.Portal.Help;

/// <summary>What the form that asks for a way out shows, with what was typed.</summary>
/// <param name="Standing">The case that stands for the same already.</param>
internal sealed record HelpModel(
    TerminalView Terminal,
    LockView Lock,
    string WayOut,
    string Name = "",
    string Phone = "",
    string Note = "",
    ApiProblem? Problem = null,
    string? Standing = null
);

/// <summary><c>/shop/terminals/{id}/locks/{lockId}/help</c>: the owner asks the provider for a way out of one lock.</summary>
internal static class HelpEndpoints
{
    public static void MapHelp(this IEndpointRouteBuilder app)
    {
        app.MapGet("/shop/terminals/{id}/locks/{lockId}/help", Show).Needs(Right.OwnShop).AsPage();
        app.MapPost("/shop/terminals/{id}/locks/{lockId}/help", Open).Needs(Right.OwnShop).AsPage();
    }

    private static async Task<IResult> Show(
        string id,
        string lockId,
        ApiClient api,
        string wayOut = ""
    )
    {
        var (model, problem) = await Find(api, id, lockId, wayOut);
        return model is null ? Pages.Refused(problem!) : Pages.Page<HelpPage>(model);
    }

    private static async Task<IResult> Open(
        string id,
        string lockId,
        IFormCollection form,
        ApiClient api
    )
    {
        var wayOut = form["wayOut"].ToString();
        var (model, missing) = await Find(api, id, lockId, wayOut);
        if (model is null)
        {
            return Pages.Refused(missing!);
        }
        var note = form["note"].ToString();
        var reply = await api.Post(
            "/api/v1/cases",
            new
            {
                terminalId = id,
                lockId,
                wayOut,
                applicant = new
                {
                    name = form["name"].ToString(),
                    phone = form["phone"].ToString(),
                },
                note = note.Length > 0 ? note : null,
            },
            form["once"]
        );
        if (reply.Problem is not { } problem)
        {
            return Pages.Go($"/shop/cases/{reply.Value.GetProperty("id").GetString()}");
        }
        return Pages.Page<HelpPage>(
            model with
            {
                Name = form["name"].ToString(),
                Phone = form["phone"].ToString(),
                Note = note,
                Problem = problem,
                Standing =
                    problem.Code == "case_exists"
                    && problem.More.TryGetProperty("caseId", out var standing)
                        ? standing.GetString()
                        : null,
            },
            problem.Status
        );
    }

    private static async Task<(HelpModel? Model, ApiProblem? Problem)> Find(
        ApiClient api,
        string id,
        string lockId,
        string wayOut
    )
    {
        var reply = await api.Get<TerminalView>($"/api/v1/terminals/{Uri.EscapeDataString(id)}");
        if (reply.Value is not { } terminal)
        {
            return (null, reply.Problem);
        }
        // The lock may have ended since the page was opened: then there is nothing to ask for.
        return terminal.Locks.FirstOrDefault(l => l.Id == lockId) is { } found
            ? (new HelpModel(terminal, found, wayOut), null)
            : (
                null,
                new ApiProblem(
                    StatusCodes.Status404NotFound,
                    Refusal.NotFound("lock").Code,
                    Refusal.NotFound("lock").Detail
                )
            );
    }
}
