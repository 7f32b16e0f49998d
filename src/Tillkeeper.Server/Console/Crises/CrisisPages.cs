using Tillkeeper.Server.Console.Api;
using Tillkeeper.Server.Console.Campaigns;
using Tillkeeper.Server.Console.Lists;
using Tillkeeper.Server.Console.Shell;
using Tillkeeper.Server.Console.Texts;
using Tillkeeper.Server.Crisis;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;

namespace Tillkeeper.Server.Console.Crises;

/// <summary>What the page of one crisis shows.</summary>
/// <param name="Act">Which decision is being made: stop, undo, message or close; null when none is.</param>
internal sealed record CrisisModel(
    CrisisView Crisis,
    string? Act = null,
    IFormCollection? Typed = null,
    ApiProblem? Problem = null
);

/// <summary>What was typed into the form that opens one, and why it was refused.</summary>
internal sealed record NewCrisisModel(
    string? Rule = null,
    string? Reason = null,
    ApiProblem? Problem = null
);

/// <summary><c>/console/crises</c> (M5): many shops locked at once. What they share, stopping it, telling them, undoing it.</summary>
internal static class CrisisPages
{
    private const string Api = "/api/v1/crises";
    private static readonly string[] Acts = ["stop", "undo", "message", "close"];

    public static IReadOnlyList<Column<CrisisRow>> Columns { get; } =
    [
        new("crises.subject", SubjectOf),
        new("crises.state", c => Phrases.Current.Word("crisis_status", c.State)),
        MomentColumn.Of<CrisisRow>("crises.opened", c => c.OpenedAt),
    ];

    public static void MapCrisisPages(this IEndpointRouteBuilder app)
    {
        app.MapGet("/console/crises", List).Needs(Right.Look).AsPage();
        app.MapGet("/console/crises/new", () => Pages.Page<NewCrisisPage>(new NewCrisisModel()))
            .Needs(Right.SettleCrises)
            .AsPage();
        app.MapPost("/console/crises/new", Open).Needs(Right.SettleCrises).AsPage();
        app.MapGet("/console/crises/{id}", Show).Needs(Right.Look).AsPage();
        app.MapGet(
                "/console/crises/{id}/report",
                (string id, ApiClient api) => api.Pass($"{At(id)}/report?format=markdown")
            )
            .Needs(Right.Look)
            .AsPage();
        foreach (var act in Acts)
        {
            app.MapPost(
                    $"/console/crises/{{id}}/{act}",
                    (string id, IFormCollection form, ApiClient api) => Decide(id, act, form, api)
                )
                .Needs(Right.SettleCrises)
                .AsPage();
        }
    }

    private static string SubjectOf(CrisisRow crisis) =>
        crisis.Rule is { } rule
            ? Phrases.Current.Word("rule_name", rule)
            : Phrases.Current["crises.batch", crisis.BatchId];

    private static async Task<IResult> List(HttpRequest request, ApiClient api)
    {
        if (Csv.IsAsked(request))
        {
            return Csv.Of("crises", api, Api, Columns);
        }
        var reply = await api.Get<Page<CrisisRow>>(ApiPath.With(Api, request, "after"));
        return reply.Problem is { } problem
            ? Pages.Refused(problem)
            : Pages.Page<CrisesPage>(reply.Value);
    }

    private static async Task<IResult> Open(IFormCollection form, ApiClient api)
    {
        var (rule, reason) = (form["rule"].ToString(), form["reason"].ToString());
        var reply = await api.Post(Api, new { rule, reason }, form["once"]);
        if (reply.Problem is not { } problem)
        {
            return Pages.Go($"/console/crises/{CampaignPages.IdOf(reply)}");
        }
        return problem.Status == StatusCodes.Status403Forbidden
            ? Pages.Refused(problem)
            : Pages.Page<NewCrisisPage>(new NewCrisisModel(rule, reason, problem), problem.Status);
    }

    private static async Task<IResult> Show(string id, ApiClient api, string? act = null)
    {
        var reply = await api.Get<CrisisView>(At(id));
        return reply.Problem is { } problem
            ? Pages.Refused(problem)
            : Pages.Page<CrisisPage>(new CrisisModel(reply.Value!, Known(act)));
    }

    private static string? Known(string? act) => Acts.Contains(act) ? act : null;

    private static async Task<IResult> Decide(
        string id,
        string act,
        IFormCollection form,
        ApiClient api
    )
    {
        object body =
            act == "message"
                // Every shop reads it, whichever language it reads.
                ? new { text = $"{form["chinese"]}\n{form["english"]}".Trim() }
                : new { reason = form["reason"].ToString() };
        var reply = await api.Post($"{At(id)}/{act}", body, form["once"]);
        if (reply.Problem is not { } problem)
        {
            return Pages.Go($"/console/crises/{Uri.EscapeDataString(id)}");
        }
        var crisis = await api.Get<CrisisView>(At(id));
        if (crisis.Value is not { } found)
        {
            return Pages.Refused(problem);
        }
        var again = problem.WaitsForSecond ? null : act;
        return Pages.Page<CrisisPage>(new CrisisModel(found, again, form, problem), problem.Status);
    }

    private static string At(string id) => $"{Api}/{Uri.EscapeDataString(id)}";
}
