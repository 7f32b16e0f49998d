using Tillkeeper.Server.People;
using Tillkeeper.Server.Tests.Running;
using Tillkeeper.Server.Watch;
using static Tillkeeper.Server.Tests.Isolation.Answers;

namespace Tillkeeper.Server.Tests.Isolation;

/// <summary>Alerts: at the shop it is the one about the key of its keeper.</summary>
internal static class WatchRecipes
{
    private const string Everybody = "all";
    private const string Handlers = "admin helpdesk risk fleet";

    public static IReadOnlyList<Recipe> All { get; } =
    [
        new("GET /api/v1/alerts", Right.Look, Everybody, NoTrace, _ => "/api/v1/alerts"),
        new("GET /api/v1/alerts/{id}", Right.Look, Everybody, NotFound, At),
        new(
            "POST /api/v1/alerts/{id}/own",
            Right.HandleAlerts,
            Handlers,
            NotFound,
            s => $"{At(s)}/own"
        ),
        new(
            "POST /api/v1/alerts/{id}/due",
            Right.HandleAlerts,
            Handlers,
            NotFound,
            s => $"{At(s)}/due",
            _ => new { due = DateTimeOffset.UtcNow.AddDays(1) }
        ),
        new(
            "POST /api/v1/alerts/{id}/settle",
            Right.HandleAlerts,
            Handlers,
            NotFound,
            s => $"{At(s)}/settle",
            _ => new { reason = "seen" }
        ),
    ];

    private static string At(Shop shop) =>
        $"/api/v1/alerts/{Alerts.IdOf($"key_created/{shop.Keeper.Id}", 1)}";
}
