using System.Globalization;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Console.Api;
using Tillkeeper.Server.Console.Lists;
using Tillkeeper.Server.Console.Shell;
using Tillkeeper.Server.Console.Texts;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Orgs;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Terminals;

namespace Tillkeeper.Server.Console.Fleet;

/// <param name="Orgs">The agents that the reader sees, to narrow the list down to one.</param>
internal sealed record FleetModel(
    IReadOnlyList<TerminalList.TerminalRow> Terminals,
    string? Next,
    IReadOnlyList<OrgEndpoints.OrgView> Orgs,
    IReadOnlyList<Chip> Chips
);

/// <summary><c>/console/terminals</c>: the fleet, searched and narrowed down by the server; <c>/console/search</c>: what one has heard on the phone.</summary>
internal static class FleetEndpoints
{
    private const string Api = "/api/v1/terminals";
    public static IReadOnlyList<Column<TerminalList.TerminalRow>> Columns { get; } =
    [
        new("fleet.serial", t => t.Serial) { Sort = "serial" },
        new("fleet.merchant", t => t.Merchant),
        new("fleet.locks", LocksOf) { Show = FleetCells.Locks },
        new("fleet.model", t => t.Model) { IsWide = true, Sort = "model" },
        new("fleet.version", t => t.Version) { IsWide = true, Sort = "version" },
        new(
            "fleet.seen",
            t => t.LastSeenAt?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)
        )
        {
            IsWide = true,
            Show = FleetCells.Seen,
        },
    ];

    public static void MapFleet(this IEndpointRouteBuilder app)
    {
        app.MapGet("/console/terminals", List).Needs(Right.Look).AsPage();
        app.MapGet("/console/search", Search).Needs(Right.Look).AsPage();
        app.MapTerminalPage();
    }

    private static async Task<IResult> List(HttpRequest request, ApiClient api)
    {
        var path = FleetFilters.PathOf(request);
        if (Csv.IsAsked(request))
        {
            return Csv.Of("terminals", api, path, Columns);
        }
        var reply = await api.Get<Page<TerminalList.TerminalRow>>(path);
        if (reply.Problem is { } problem)
        {
            return Pages.Refused(problem);
        }
        var page = reply.Value!;
        var orgs =
            (await api.Get<Page<OrgEndpoints.OrgView>>("/api/v1/orgs?limit=200")).Value?.Items
            ?? [];
        return Pages.Page<FleetPage>(
            new FleetModel(
                page.Items,
                page.Next,
                orgs,
                FleetFilters.Chips(request, orgs, page.Items)
            )
        );
    }

    /// <summary>Straight there when there is only one it can be: a case by its number, a terminal by its serial.</summary>
    private static async Task<IResult> Search(ApiClient api, string? q = null)
    {
        var asked = q?.Trim() ?? "";
        asked = asked[..Math.Min(asked.Length, 60)];
        foreach (var cause in Enum.GetValues<Cause>())
        {
            if (string.Equals(LockTable.Of(cause).Code, asked, StringComparison.OrdinalIgnoreCase))
            {
                return Pages.Go($"/console/terminals?cause={Words.Of(cause)}");
            }
        }
        if (asked.Length is 7 && asked.All(char.IsAsciiDigit))
        {
            var cases = await api.Get($"/api/v1/cases?number={asked}");
            if (
                cases.Good
                && cases.Value.GetProperty("items") is { } items
                && items.GetArrayLength() == 1
            )
            {
                return Pages.Go($"/console/cases/{items[0].GetProperty("id").GetString()}");
            }
        }
        var found = await api.Get<Page<TerminalList.TerminalRow>>(
            $"{Api}?limit=2&q={Uri.EscapeDataString(asked)}"
        );
        return found.Value is { Items: [var only], Next: null }
            ? Pages.Go($"/console/terminals/{only.Id}")
            : Pages.Go($"/console/terminals?q={Uri.EscapeDataString(asked)}");
    }

    private static string LocksOf(TerminalList.TerminalRow terminal) =>
        string.Join(
            ", ",
            (terminal.Locks ?? []).Select(cause => Phrases.Current.Word("cause", cause))
        );
}
