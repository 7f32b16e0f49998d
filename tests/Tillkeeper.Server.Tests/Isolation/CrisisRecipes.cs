using Tillkeeper.Server.People;
using static Tillkeeper.Server.Tests.Isolation.Answers;

namespace Tillkeeper.Server.Tests.Isolation;

/// <summary>Crises concern every shop at once: below the root they are nobody's.</summary>
internal static class CrisisRecipes
{
    private const string Everybody = "all";
    private const string Settlers = "admin risk";
    private const string One = "/api/v1/crises/0000000000";

    public static IReadOnlyList<Recipe> All { get; } =
    [
        new("GET /api/v1/crises", Right.Look, Everybody, Provider, _ => "/api/v1/crises"),
        new("GET /api/v1/crises/{id}", Right.Look, Everybody, Provider, _ => One),
        new(
            "GET /api/v1/crises/{id}/report",
            Right.Look,
            Everybody,
            Provider,
            _ => $"{One}/report"
        ),
        new(
            "POST /api/v1/crises",
            Right.SettleCrises,
            Settlers,
            Provider,
            _ => "/api/v1/crises",
            _ => new { rule = "network", reason = "because" }
        ),
        Act("stop", new { reason = "because" }),
        Act("undo", new { reason = "because" }) with
        {
            Opens = true,
        },
        Act("message", new { text = "We know, and we are on it." }),
        Act("close", new { reason = "because" }),
    ];

    private static Recipe Act(string what, object body) =>
        new(
            $"POST /api/v1/crises/{{id}}/{what}",
            Right.SettleCrises,
            Settlers,
            Provider,
            _ => $"{One}/{what}",
            _ => body
        );
}
