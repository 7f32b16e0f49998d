using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Console.Api;
using Tillkeeper.Server.Console.Lists;
using Tillkeeper.Server.Console.Shell;
using Tillkeeper.Server.Console.Texts;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Terminals;

namespace Tillkeeper.Server.Console.Fleet;

internal sealed record FleetModel(
    IReadOnlyList<TerminalList.TerminalRow> Terminals,
    string? Next,
    string Q,
    string Cause
);

/// <summary><c>/console/terminals</c>: the fleet, searched and narrowed down by the server; <c>/console/search</c>: what one has heard on the phone.</summary>
internal static class FleetEndpoints
{
    private const string Api = "/api/v1/terminals";
    private static readonly string[] Filters =
    [
        "q",
        "cause",
        "locked",
        "merchant",
        "model",
        "version",
        "sort",
        "after",
    ];

    public static IReadOnlyList<Column<TerminalList.TerminalRow>> Columns { get; } =
    [
        new("fleet.serial", t => t.Serial) { Sort = "serial" },
        new("fleet.merchant", t => t.Merchant),
        new("fleet.locks", LocksOf) { Show = FleetCells.Locks },
        new("fleet.model", t => t.Model) { IsWide = true },
        new("fleet.version", t => t.Version) { IsWide = true },
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
        var path = PathOf(request);
        if (Csv.IsAsked(request))
        {
            return Csv.Of("terminals", api, path, Columns);
        }
        var reply = await api.Get<Page<TerminalList.TerminalRow>>(path);
        return reply.Problem is { } problem
            ? Pages.Refused(problem)
            : Pages.Page<FleetPage>(
                new FleetModel(
                    reply.Value!.Items,
                    reply.Value.Next,
                    request.Query["q"].ToString(),
                    request.Query["cause"].ToString()
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

    private static string PathOf(HttpRequest request) =>
        QueryHelpers.AddQueryString(
            Api,
            Filters
                .Select(name => KeyValuePair.Create(name, (string?)request.Query[name].ToString()))
                .Where(f => !string.IsNullOrEmpty(f.Value))
                .Where(f => f.Key != "after" || !Csv.IsAsked(request))
        );

    private static string LocksOf(TerminalList.TerminalRow terminal) =>
        string.Join(
            ", ",
            (terminal.Locks ?? []).Select(cause => Phrases.Current.Word("cause", cause))
        );
}
