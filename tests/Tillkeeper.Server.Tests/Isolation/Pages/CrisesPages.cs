using Tillkeeper.Server.People;
using static Tillkeeper.Server.Tests.Isolation.Answers;

namespace Tillkeeper.Server.Tests.Isolation.Pages;

/// <summary>Pages of crises: below the root they are nobody's.</summary>
internal static class CrisesPages
{
    private const string Everybody = "all";
    private const string Settlers = "admin risk";
    private const string One = "/console/crises/0000000000";

    public static IReadOnlyList<Recipe> All { get; } =
    [
        new("GET /console/crises", Right.Look, Everybody, Provider, _ => "/console/crises"),
        new(
            "GET /console/crises/new",
            Right.SettleCrises,
            Settlers,
            NoTrace,
            _ => "/console/crises/new"
        ),
        new(
            "POST /console/crises/new",
            Right.SettleCrises,
            Settlers,
            Provider,
            _ => "/console/crises/new",
            _ => CampaignsPages.Form(("rule", "network"), ("reason", "because"))
        ),
        new("GET /console/crises/{id}", Right.Look, Everybody, Provider, _ => One),
        new(
            "GET /console/crises/{id}/report",
            Right.Look,
            Everybody,
            Provider,
            _ => $"{One}/report"
        ),
        Act("stop"),
        Act("undo"),
        Act("message"),
        Act("close"),
    ];

    private static Recipe Act(string act) =>
        new(
            $"POST /console/crises/{{id}}/{act}",
            Right.SettleCrises,
            Settlers,
            Provider,
            _ => $"{One}/{act}",
            _ =>
                CampaignsPages.Form(
                    ("reason", "because"),
                    ("chinese", "我们在处理"),
                    ("english", "We are on it")
                )
        );
}
