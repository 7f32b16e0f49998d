using Tillkeeper.Server.People;
using Tillkeeper.Server.Tests.Running;
using Tillkeeper.Server.Watch;

namespace Tillkeeper.Server.Tests.Isolation.Pages;

/// <summary>Alerts: at the shop it is the one about the key of its keeper.</summary>
internal static class AlertsPages
{
    public static IReadOnlyList<Recipe> All { get; } =
    [
        new(
            "GET /console/alerts",
            Right.Look,
            "all",
            Answers.NoTrace,
            _ => "/console/alerts?state=all"
        ),
        new("GET /console/alerts/{id}", Right.Look, "all", Answers.NotFound, At),
        new(
            "POST /console/alerts/{id}/{step}",
            Right.Look,
            "all",
            Answers.NotFound,
            s => $"{At(s)}/own",
            _ => CasesPages.Form(("once", Guid.NewGuid().ToString("N")))
        ),
    ];

    private static string At(Shop shop) =>
        $"/console/alerts/{Alerts.IdOf($"key_created/{shop.Keeper.Id}", 1)}";
}
