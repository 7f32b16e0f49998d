using Tillkeeper.Server.People;
using Tillkeeper.Server.Tests.Running;
using static Tillkeeper.Server.Tests.Isolation.Answers;

namespace Tillkeeper.Server.Tests.Isolation.Pages;

/// <summary>Pages of policies: at the shop it is the one of its merchant.</summary>
internal static class PoliciesPages
{
    private const string Everybody = "all";
    private const string Writers = "admin risk";

    public static IReadOnlyList<Recipe> All { get; } =
    [
        new("GET /console/policies", Right.Look, Everybody, NoTrace, _ => "/console/policies"),
        new(
            "POST /console/policies/target",
            Right.ManagePolicies,
            Writers,
            NotFound,
            _ => "/console/policies/target",
            s =>
                CampaignsPages.Form(
                    ("of", $"merchant:{s.Merchant}"),
                    ("document", "away: {idleAfter: PT8M}"),
                    ("reason", "test"),
                    ("act", "save")
                )
        ),
        new("GET /console/policies/target", Right.Look, Everybody, NotFound, At),
        new(
            "GET /console/policies/terminals/{id}",
            Right.Look,
            Everybody,
            NotFound,
            s => $"/console/policies/terminals/{s.Terminal.Id}"
        ),
    ];

    private static string At(Shop shop) =>
        $"/console/policies/target?of={Uri.EscapeDataString($"merchant:{shop.Merchant}")}";
}
