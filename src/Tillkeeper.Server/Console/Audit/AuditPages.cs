using System.Globalization;
using System.Text.Json;
using Tillkeeper.Core.Audit;
using Tillkeeper.Server.Audit;
using Tillkeeper.Server.Console.Api;
using Tillkeeper.Server.Console.Lists;
using Tillkeeper.Server.Console.Shell;
using Tillkeeper.Server.Console.Texts;
using Tillkeeper.Server.People;

namespace Tillkeeper.Server.Console.Audit;

/// <summary>What the page of the log shows.</summary>
/// <param name="Last">The verification at work, or the last one; null when there was none.</param>
internal sealed record AuditModel(
    AuditPage Events,
    VerificationView? Last,
    IReadOnlyList<Checkpoint> Checkpoints
);

/// <summary><c>/console/audit</c>: the log searched, verified and taken along.</summary>
internal static class AuditPages
{
    private const string Events = "/api/v1/audit/events";
    private static readonly string[] Filters = ["who", "what", "of", "source", "from", "to"];

    /// <summary>Who, what, when, with which outcome, from where and to what: the six facts of PCI DSS 10.2.2.</summary>
    public static IReadOnlyList<Column<AuditRow>> Columns { get; } =
    [
        new("audit.at", r => r.At.ToString("u", CultureInfo.InvariantCulture)),
        new("audit.who", r => r.Name is null ? r.Who : $"{r.Name} · {r.Who}"),
        new("audit.what", r => r.What),
        new("audit.outcome", r => Phrases.Current.Word("audit_outcome", r.Outcome))
        {
            IsWide = true,
        },
        new("audit.of", r => r.Of) { IsWide = true },
        new("audit.source", r => r.Source) { IsWide = true },
        new("audit.place", r => r.Place) { IsWide = true },
    ];

    public static void MapAuditPages(this IEndpointRouteBuilder app)
    {
        app.MapGet("/console/audit", Show).Needs(Right.VerifyAudit).AsPage();
        app.MapGet(
                "/console/audit/export",
                (HttpRequest request, ApiClient api) => new JsonLines(api, PathOf(request))
            )
            .Needs(Right.VerifyAudit)
            .AsPage();
        app.MapPost("/console/audit/verify", Verify).Needs(Right.VerifyAudit).AsPage();
    }

    private static async Task<IResult> Show(HttpRequest request, ApiClient api)
    {
        if (Csv.IsAsked(request))
        {
            return Csv.Of("audit", api, PathOf(request), Columns);
        }
        var events = await api.Get<AuditPage>(ApiPath.With(PathOf(request), request, "after"));
        if (events.Problem is { } problem)
        {
            return Pages.Refused(problem);
        }
        var last = await api.Get<VerificationView>("/api/v1/audit/verifications/last");
        var checkpoints = await api.Get<JsonElement>("/api/v1/audit/checkpoints?limit=4");
        return Pages.Page<AuditLogPage>(
            new AuditModel(
                events.Value!,
                last.Value,
                checkpoints.Good
                    ? checkpoints
                        .Value.GetProperty("items")
                        .Deserialize<List<Checkpoint>>(JsonSerializerOptions.Web)!
                    : []
            )
        );
    }

    private static async Task<IResult> Verify(IFormCollection form, ApiClient api)
    {
        var reply = await api.Post("/api/v1/audit/verifications", new { }, form["once"]);
        return reply.Problem is { } problem
            ? Pages.Refused(problem)
            : Pages.Go("/console/audit#verification");
    }

    /// <summary>A browser's date begins at midnight and ends at the next; the API takes moments.</summary>
    private static string PathOf(HttpRequest request)
    {
        List<string> given = [];
        foreach (var name in Filters)
        {
            var value = request.Query[name].ToString().Trim();
            if (
                name is "from" or "to"
                && DateOnly.TryParseExact(
                    value,
                    "yyyy-MM-dd",
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.None,
                    out var day
                )
                && day < DateOnly.MaxValue
            )
            {
                var at = name == "from" ? day : day.AddDays(1);
                value = at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + "T00:00:00Z";
            }
            if (value.Length > 0)
            {
                given.Add($"{name}={Uri.EscapeDataString(value)}");
            }
        }
        return given.Count == 0 ? Events : $"{Events}?{string.Join('&', given)}";
    }
}
