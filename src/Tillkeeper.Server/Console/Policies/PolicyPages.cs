using System.Globalization;
using System.Text.Json;
using Tillkeeper.PolicyFiles;
using Tillkeeper.Server.Console.Api;
using Tillkeeper.Server.Console.Lists;
using Tillkeeper.Server.Console.Shell;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Policies;

namespace Tillkeeper.Server.Console.Policies;

/// <summary>What the first page of policies shows: where something is set, and what the rules do.</summary>
internal sealed record PoliciesModel(
    Page<PolicyViews.PolicyRow> Targets,
    IReadOnlyList<RuleEndpoints.RuleView> Rules
);

/// <summary>What the page of one target shows.</summary>
/// <param name="Stands">What is set there; null when nothing ever was.</param>
/// <param name="Text">What is in the editor.</param>
/// <param name="Outcome">What would come of it, once it was checked.</param>
/// <param name="Errors">Its mistakes.</param>
internal sealed record PolicyModel(
    string Target,
    PolicyViews.PolicyView? Stands,
    string Text,
    IReadOnlyList<RuleEndpoints.RuleView> Rules,
    string Reason = "",
    PolicyEndpoints.DiffView? Outcome = null,
    IReadOnlyList<PolicyFileError>? Errors = null,
    ApiProblem? Problem = null
)
{
    public long Revision => Stands?.Revision ?? 0;

    /// <summary>Rules that would begin to act: two people look at these.</summary>
    public IEnumerable<RuleEndpoints.RuleView> SwitchedOn =>
        Rules.Where(rule => PolicyPages.SwitchesOn(Outcome, rule.Section));
}

/// <summary><c>/console/policies</c>: the rules in force, for whom, and changing them.</summary>
internal static class PolicyPages
{
    private const string Api = "/api/v1/policies";
    private const string Editor = "/console/policies/target";

    public static IReadOnlyList<Column<PolicyViews.PolicyRow>> Columns { get; } =
    [
        new(
            "policies.target",
            t => string.IsNullOrEmpty(t.Name) ? t.Target : $"{t.Name} · {t.Target}"
        ),
        new("policies.revision", t => t.Revision.ToString("N0", Texts.Phrases.Current.Culture))
        {
            IsFigure = true,
        },
    ];

    public static void MapPolicyPages(this IEndpointRouteBuilder app)
    {
        app.MapGet("/console/policies", List).Needs(Right.Look).AsPage();
        app.MapGet("/console/policies/terminals/{id}", Terminal).Needs(Right.Look).AsPage();
        app.MapGet(Editor, Show).Needs(Right.Look).AsPage();
        app.MapPost(Editor, Write).Needs(Right.ManagePolicies).AsPage();
    }

    public static string AddressOf(string target) => $"{Editor}?of={Uri.EscapeDataString(target)}";

    /// <summary>Whether what was checked lets a rule act that only watched before, or did nothing.</summary>
    public static bool SwitchesOn(PolicyEndpoints.DiffView? outcome, string section) =>
        outcome?.Changes.Any(c => c.Key == $"{section}.mode" && c.To?.ToString() == "on") == true;

    private static async Task<IResult> List(HttpRequest request, ApiClient api)
    {
        if (Csv.IsAsked(request))
        {
            return Csv.Of("policies", api, Api, Columns);
        }
        var targets = await api.Get<Page<PolicyViews.PolicyRow>>(
            ApiPath.With(Api, request, "after")
        );
        var rules = await Rules(api);
        return (targets.Problem ?? rules.Problem) is { } problem
            ? Pages.Refused(problem)
            : Pages.Page<PoliciesPage>(new PoliciesModel(targets.Value!, rules.Value!.Items));
    }

    private static async Task<IResult> Terminal(string id, ApiClient api)
    {
        var reply = await api.Get<TerminalPolicyEndpoint.PolicyView>(
            $"/api/v1/terminals/{Uri.EscapeDataString(id)}/policy"
        );
        return reply.Problem is { } problem
            ? Pages.Refused(problem)
            : Pages.Page<TerminalPolicyPage>(reply.Value);
    }

    private static async Task<IResult> Show(ApiClient api, Person person, string of = "provider")
    {
        var stands = await Find(api, of);
        if (stands.Problem is { } missing)
        {
            // Nothing is set there, or there is no such target: whoever may write is told which.
            var there = Rights.May(person.Role, Right.ManagePolicies)
                ? await Check(api, of, "")
                : new Reply<JsonElement>(missing.Status, default, missing);
            if (there.Problem is { } problem)
            {
                return Pages.Refused(problem);
            }
        }
        var rules = await Rules(api);
        return Pages.Page<PolicyPage>(
            new PolicyModel(
                of,
                stands.Value,
                stands.Value?.Proposal?.Document ?? stands.Value?.Document ?? "",
                rules.Value?.Items ?? []
            )
        );
    }

    private static async Task<IResult> Write(IFormCollection form, ApiClient api)
    {
        var (of, text) = (form["of"].ToString(), form["document"].ToString());
        var reason = form["reason"].ToString();
        var stands = await Find(api, of);
        var rules = await Rules(api);
        var check = await Check(api, of, text);
        PolicyModel model = new(
            of,
            stands.Value,
            text,
            rules.Value?.Items ?? [],
            reason,
            check.Problem is null ? check.Value.Deserialize<PolicyEndpoints.DiffView>(Json) : null,
            ErrorsOf(check.Problem),
            check.Problem
        );
        if (check.Problem is { Code: "not_found" } foreign)
        {
            return Pages.Refused(foreign);
        }
        if (form["act"] != "save" || check.Problem is not null)
        {
            return Pages.Page<PolicyPage>(model, check.Problem?.Status ?? StatusCodes.Status200OK);
        }
        var body = new
        {
            document = text,
            reason,
            expectedRevision = long.TryParse(
                form["revision"],
                CultureInfo.InvariantCulture,
                out var seen
            )
                ? seen
                : 0,
        };
        var at = $"{Api}/{Uri.EscapeDataString(of)}";
        var saved =
            model.SwitchedOn.Any() || model.Stands?.Proposal?.Document == text
                ? await api.Post($"{at}/proposal", body)
                : await api.Put(at, body);
        return saved.Problem is { } problem
            ? Pages.Page<PolicyPage>(model with { Problem = problem }, problem.Status)
            : Pages.Go(AddressOf(of));
    }

    private static Task<Reply<PolicyViews.PolicyView>> Find(ApiClient api, string target) =>
        api.Get<PolicyViews.PolicyView>($"{Api}/{Uri.EscapeDataString(target)}");

    private static Task<Reply<Page<RuleEndpoints.RuleView>>> Rules(ApiClient api) =>
        api.Get<Page<RuleEndpoints.RuleView>>($"{Api}/rules");

    private static Task<Reply<JsonElement>> Check(ApiClient api, string target, string text) =>
        api.Post($"{Api}/{Uri.EscapeDataString(target)}/diff", new { document = text });

    private static IReadOnlyList<PolicyFileError>? ErrorsOf(ApiProblem? problem) =>
        problem is { Code: "invalid_policy" }
        && problem.More.TryGetProperty("errors", out var errors)
            ? errors.Deserialize<List<PolicyFileError>>(Json)
            : null;

    private static JsonSerializerOptions Json => JsonSerializerOptions.Web;
}
