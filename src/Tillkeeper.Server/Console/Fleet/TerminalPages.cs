using Tillkeeper.Server.Cases;
using Tillkeeper.Server.Console.Api;
using Tillkeeper.Server.Console.Shell;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Merchants;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Terminals;

namespace Tillkeeper.Server.Console.Fleet;

/// <param name="Cases">The newest few about it.</param>
/// <param name="Merchant">Its name.</param>
/// <param name="Typed">The reason that was typed when it was refused.</param>
internal sealed record TerminalModel(
    TerminalView Terminal,
    Page<TerminalHistory.EventView> Timeline,
    IReadOnlyList<CaseRow> Cases,
    string Merchant,
    Role Reader,
    ApiProblem? Problem = null,
    string Typed = ""
)
{
    public bool May(Right right) => Rights.May(Reader, right);
}

/// <summary><c>/console/terminals/{id}</c>: everything about one terminal, and what can be done to it.</summary>
internal static class TerminalPages
{
    public static void MapTerminalPage(this IEndpointRouteBuilder app)
    {
        app.MapGet("/console/terminals/{id}", Show).Needs(Right.Look).AsPage();
        app.MapPost("/console/terminals/{id}/lock", Lock).Needs(Right.OrderLocks).AsPage();
        app.MapPost("/console/terminals/{id}/locks/{lockId}/release", Release)
            .Needs(Right.ReleaseLocks)
            .AsPage();
        app.MapPost("/console/terminals/{id}/revoke", Revoke).Needs(Right.RevokeTerminals).AsPage();
    }

    private static Task<IResult> Show(
        string id,
        HttpRequest request,
        Person person,
        ApiClient api
    ) => Page(id, request, person, api, null, "");

    private static async Task<IResult> Page(
        string id,
        HttpRequest request,
        Person person,
        ApiClient api,
        ApiProblem? problem,
        string typed
    )
    {
        var at = PathOf(id);
        var terminal = await api.Get<TerminalView>(at);
        if (terminal.Problem is { } missing)
        {
            return Pages.Refused(missing);
        }
        var after = Uri.EscapeDataString(request.Query["after"].ToString());
        var events = await api.Get<Page<TerminalHistory.EventView>>(
            $"{at}/events?order=desc&limit=30&after={after}"
        );
        if (events.Problem is { } refused)
        {
            return Pages.Refused(refused);
        }
        var shown = terminal.Value!;
        var cases = await api.Get<Page<CaseRow>>(
            $"/api/v1/cases?limit=5&terminal={Uri.EscapeDataString(id)}"
        );
        var merchant = await api.Get<MerchantEndpoints.MerchantView>(
            $"/api/v1/merchants/{Uri.EscapeDataString(shown.MerchantId)}"
        );
        return Pages.Page<TerminalPage>(
            new TerminalModel(
                shown,
                events.Value!,
                cases.Value?.Items ?? [],
                merchant.Value?.Name ?? shown.MerchantId,
                person.Role,
                problem,
                typed
            ),
            problem?.Status ?? StatusCodes.Status200OK
        );
    }

    private static async Task<IResult> Lock(
        string id,
        HttpRequest request,
        IFormCollection form,
        Person person,
        ApiClient api
    )
    {
        var reason = form["reason"].ToString();
        var reply = await api.Post(
            $"{PathOf(id)}/locks",
            new { cause = form["cause"].ToString(), reason },
            form["once"]
        );
        return await Done(id, request, person, api, reply.Problem, reason);
    }

    private static async Task<IResult> Release(
        string id,
        string lockId,
        HttpRequest request,
        IFormCollection form,
        Person person,
        ApiClient api
    )
    {
        var reason = form["reason"].ToString();
        var reply = await api.Post(
            $"{PathOf(id)}/locks/{Uri.EscapeDataString(lockId)}/release",
            new { reason },
            form["once"]
        );
        return await Done(id, request, person, api, reply.Problem, reason);
    }

    private static async Task<IResult> Revoke(
        string id,
        HttpRequest request,
        IFormCollection form,
        Person person,
        ApiClient api
    )
    {
        var reason = form["reason"].ToString();
        var reply = await api.Post($"{PathOf(id)}/revoke", new { reason }, form["once"]);
        return await Done(id, request, person, api, reply.Problem, reason);
    }

    private static Task<IResult> Done(
        string id,
        HttpRequest request,
        Person person,
        ApiClient api,
        ApiProblem? problem,
        string reason
    ) =>
        problem is null
            ? Task.FromResult(Pages.Go($"/console/terminals/{Uri.EscapeDataString(id)}"))
            : Page(id, request, person, api, problem, reason);

    private static string PathOf(string id) => $"/api/v1/terminals/{Uri.EscapeDataString(id)}";
}
