using Tillkeeper.Server.Console.Api;
using Tillkeeper.Server.Console.Shell;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Shops;
using Tillkeeper.Server.Terminals;

namespace Tillkeeper.Server.Console.Portal.Tills;

/// <summary>What the page of one terminal shows.</summary>
internal sealed record TillModel(
    TerminalView Terminal,
    IReadOnlyList<Alternatives.Alternative> Others,
    IReadOnlyList<ShopCase> Cases,
    IReadOnlyList<TerminalHistory.EventView> Events,
    ApiProblem? Problem = null
);

/// <summary><c>/shop/terminals/{id}</c>: why it is locked, until when, and every way out.</summary>
internal static class TillEndpoints
{
    private const int MostEvents = 100;
    private const int MostCases = 5;

    public static void MapTills(this IEndpointRouteBuilder app)
    {
        app.MapGet("/shop/terminals/{id}", (string id, ApiClient api) => Show(api, id, null))
            .Needs(Right.OwnShop)
            .AsPage();
        app.MapPost("/shop/terminals/{id}/questions/{rule}", Answer).Needs(Right.OwnShop).AsPage();
    }

    private static async Task<IResult> Show(ApiClient api, string id, ApiProblem? problem)
    {
        var at = $"/api/v1/terminals/{Uri.EscapeDataString(id)}";
        var terminal = await api.Get<TerminalView>(at);
        if (terminal.Problem is { } missing)
        {
            return Pages.Refused(missing);
        }
        var others = await api.Get<Page<Alternatives.Alternative>>($"{at}/alternatives");
        var cases = await api.Get<Page<ShopCase>>(
            $"/api/v1/shop/cases?limit={MostCases}&terminal={Uri.EscapeDataString(id)}"
        );
        var events = await api.Get<Page<TerminalHistory.EventView>>(
            $"{at}/events?order=desc&limit={MostEvents}"
        );
        return Pages.Page<TillPage>(
            new TillModel(
                terminal.Value!,
                others.Value?.Items ?? [],
                cases.Value?.Items ?? [],
                events.Value?.Items ?? [],
                problem
            ),
            problem?.Status ?? StatusCodes.Status200OK
        );
    }

    private static async Task<IResult> Answer(
        string id,
        string rule,
        IFormCollection form,
        ApiClient api
    )
    {
        var reply = await api.Post(
            $"/api/v1/terminals/{Uri.EscapeDataString(id)}/questions/{Uri.EscapeDataString(rule)}/answer",
            new { answer = form["answer"].ToString() },
            form["once"]
        );
        return reply.Problem is { } problem
            ? await Show(api, id, problem)
            : Pages.Go($"/shop/terminals/{Uri.EscapeDataString(id)}");
    }
}
