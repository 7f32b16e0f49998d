using Tillkeeper.Server.Complaints;
using Tillkeeper.Server.Console.Api;
using Tillkeeper.Server.Console.Shell;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;

namespace Tillkeeper.Server.Console.Portal.Complaints;

/// <summary>The form of a new complaint, with what was typed.</summary>
internal sealed record NewComplaintModel(
    string TerminalId,
    string LockId,
    string CaseId,
    string Kind = "",
    string Text = "",
    ApiProblem? Problem = null
);

/// <summary>A complaint as its shop follows it.</summary>
internal sealed record ShopComplaintModel(ComplaintView Complaint, ApiProblem? Problem = null);

/// <summary><c>/shop/complaints</c>: against a lock, a decision or a delay; who has it, until when, and the packet for offices outside.</summary>
internal static class ShopComplaintEndpoints
{
    public static void MapShopComplaints(this IEndpointRouteBuilder app)
    {
        app.MapGet("/shop/complaints", List).Needs(Right.OwnShop).AsPage();
        app.MapGet(
                "/shop/complaints/new",
                (string terminalId = "", string lockId = "", string caseId = "") =>
                    Pages.Page<NewComplaintPage>(new NewComplaintModel(terminalId, lockId, caseId))
            )
            .Needs(Right.OwnShop)
            .AsPage();
        app.MapPost("/shop/complaints", Open).Needs(Right.OwnShop).AsPage();
        app.MapGet("/shop/complaints/{id}", (string id, ApiClient api) => Show(api, id))
            .Needs(Right.OwnShop)
            .AsPage();
        app.MapPost("/shop/complaints/{id}/escalate", Escalate).Needs(Right.OwnShop).AsPage();
        app.MapGet("/shop/complaints/{id}/packet", Packet).Needs(Right.OwnShop).AsPage();
    }

    private static async Task<IResult> List(ApiClient api, string after = "")
    {
        var reply = await api.Get<Page<ComplaintView>>(
            $"/api/v1/complaints?limit=20&after={Uri.EscapeDataString(after)}"
        );
        return reply.Problem is { } problem
            ? Pages.Refused(problem)
            : Pages.Page<ShopComplaintsPage>(reply.Value);
    }

    private static async Task<IResult> Open(IFormCollection form, ApiClient api)
    {
        var typed = new NewComplaintModel(
            form["terminalId"].ToString(),
            form["lockId"].ToString(),
            form["caseId"].ToString(),
            form["kind"].ToString(),
            form["text"].ToString()
        );
        var reply = await api.Post(
            "/api/v1/complaints",
            new
            {
                kind = typed.Kind,
                terminalId = NullIfEmpty(typed.TerminalId),
                lockId = NullIfEmpty(typed.LockId),
                caseId = NullIfEmpty(typed.CaseId),
                text = typed.Text,
            },
            form["once"]
        );
        return reply.Problem switch
        {
            null => Pages.Go($"/shop/complaints/{reply.Value.GetProperty("id").GetString()}"),
            { Status: StatusCodes.Status404NotFound } missing => Pages.Refused(missing),
            var problem => Pages.Page<NewComplaintPage>(
                typed with
                {
                    Problem = problem,
                },
                problem.Status
            ),
        };
    }

    private static async Task<IResult> Escalate(string id, IFormCollection form, ApiClient api)
    {
        var reply = await api.Post(
            $"{At(id)}/escalate",
            new { to = form["to"].ToString() },
            form["once"]
        );
        return reply.Problem is { } problem
            ? await Show(api, id, problem)
            : Pages.Go($"/shop/complaints/{Uri.EscapeDataString(id)}");
    }

    private static Task<IResult> Packet(string id, ApiClient api, string format = "json") =>
        api.Pass($"{At(id)}/packet?format={Uri.EscapeDataString(format)}");

    private static async Task<IResult> Show(ApiClient api, string id, ApiProblem? problem = null)
    {
        var reply = await api.Get<ComplaintView>(At(id));
        return reply.Problem is { } missing
            ? Pages.Refused(missing)
            : Pages.Page<ShopComplaintPage>(
                new ShopComplaintModel(reply.Value!, problem),
                problem?.Status ?? StatusCodes.Status200OK
            );
    }

    private static string At(string id) => $"/api/v1/complaints/{Uri.EscapeDataString(id)}";

    private static string? NullIfEmpty(string text) => text.Length > 0 ? text : null;
}
