using Tillkeeper.Server.Console.Lists;
using Tillkeeper.Server.Console.Texts;
using Tillkeeper.Server.Orgs;
using Tillkeeper.Server.Terminals;

namespace Tillkeeper.Server.Console.Fleet;

/// <summary>What the fleet can be narrowed down by: the filters of <c>GET /api/v1/terminals</c>, kept in the page's address.</summary>
internal static class FleetFilters
{
    private static readonly string[] YesOrNo = ["true", "false"];

    /// <summary>The filters that the API calls the same, and the order.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "q",
        "cause",
        "severity",
        "online",
        "locked",
        "late",
        "tampered",
        "revoked",
        "org",
        "merchant",
        "model",
        "version",
        "sort",
    ];

    /// <summary>Those that are seldom needed, behind a fold.</summary>
    public static IReadOnlyList<string> Folded { get; } =
    ["severity", "late", "tampered", "revoked", "org", "model", "version"];

    public static string PathOf(HttpRequest request) =>
        ListPath.Of("/api/v1/terminals", request, [.. Names]);

    public static IReadOnlyList<KeyValuePair<string, string>> Choices(string name) =>
        Lists.Choices.Of(name, YesOrNo);

    public static IReadOnlyList<KeyValuePair<string, string>> Agents(
        IReadOnlyList<OrgEndpoints.OrgView> orgs
    ) =>
        [
            KeyValuePair.Create("", Phrases.Current["steps.any"]),
            .. orgs.Select(o => KeyValuePair.Create(o.Id, o.Name)),
        ];

    /// <summary>What is in force now, in words.</summary>
    /// <param name="rows">Where a merchant's name is found.</param>
    public static IReadOnlyList<Chip> Chips(
        HttpRequest request,
        IReadOnlyList<OrgEndpoints.OrgView> orgs,
        IReadOnlyList<TerminalList.TerminalRow> rows
    ) =>
        [
            .. Names
                .Where(name => name != "sort")
                .Select(name => (Name: name, Value: request.Query[name].ToString()))
                .Where(f => f.Value.Length > 0)
                .Select(f => new Chip(
                    f.Name,
                    Phrases.Current[
                        "fleet.chip",
                        LabelOf(f.Name),
                        TextOf(f.Name, f.Value, orgs, rows)
                    ]
                )),
        ];

    private static string TextOf(
        string name,
        string value,
        IReadOnlyList<OrgEndpoints.OrgView> orgs,
        IReadOnlyList<TerminalList.TerminalRow> rows
    ) =>
        name switch
        {
            "org" => orgs.FirstOrDefault(o => o.Id == value)?.Name ?? value,
            "merchant" => rows.FirstOrDefault(r => r.MerchantId == value)?.Merchant ?? value,
            "q" or "model" or "version" => value,
            _ => Phrases.Current.Word(name, value),
        };

    private static string LabelOf(string name) =>
        Phrases.Current[
            name switch
            {
                "q" => "fleet.search",
                "cause" => "fleet.locks",
                "severity" => "fleet.severity",
                "online" => "fleet.seen",
                "locked" => "fleet.locked",
                "late" => "fleet.late",
                "tampered" => "fleet.tampering",
                "revoked" => "fleet.service",
                "org" => "fleet.org",
                "merchant" => "fleet.merchant",
                "model" => "fleet.model",
                _ => "fleet.version",
            }
        ];
}
