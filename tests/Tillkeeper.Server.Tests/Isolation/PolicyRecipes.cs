using Tillkeeper.Server.People;
using Tillkeeper.Server.Tests.Policies;
using Tillkeeper.Server.Tests.Running;
using static Tillkeeper.Server.Tests.Isolation.Answers;

namespace Tillkeeper.Server.Tests.Isolation;

/// <summary>Policies: at the shop it is the one of its merchant, which these recipes set, look at and take away again.</summary>
internal static class PolicyRecipes
{
    private const string Everybody = "all";
    private const string Writers = "admin risk";

    public static IReadOnlyList<Recipe> All { get; } =
    [
        new("GET /api/v1/policies", Right.Look, Everybody, NoTrace, _ => "/api/v1/policies"),
        new(
            "GET /api/v1/policies/rules",
            Right.Look,
            Everybody,
            NoTrace,
            _ => "/api/v1/policies/rules"
        ),
        new(
            "POST /api/v1/policies/{target}/diff",
            Right.ManagePolicies,
            Writers,
            NotFound,
            s => $"{At(s)}/diff",
            _ => new { document = "away: {idleAfter: PT5M}" }
        ),
        new(
            "PUT /api/v1/policies/{target}",
            Right.ManagePolicies,
            Writers,
            NotFound,
            At,
            _ => new { document = "away: {idleAfter: PT5M}", reason = "test" }
        ),
        // PolicyProposalTests shows the second person.
        new(
            "POST /api/v1/policies/{target}/proposal",
            Right.ManagePolicies,
            Writers,
            NotFound,
            s => $"{At(s)}/proposal",
            _ => new { document = "away: {idleAfter: PT6M}", reason = "test" },
            Lacks: "second_person_required"
        ),
        new("GET /api/v1/policies/{target}", Right.Look, Everybody, NotFound, At),
        new(
            "GET /api/v1/terminals/{id}/policy",
            Right.Look,
            Everybody,
            NotFound,
            s => $"/api/v1/terminals/{s.Terminal.Id}/policy"
        ),
        new(
            "DELETE /api/v1/policies/{target}",
            Right.ManagePolicies,
            Writers,
            NotFound,
            s => $"{At(s)}?reason=test"
        ),
        new(
            "POST /api/v1/policies/rules/{rule}/lift",
            Right.ManagePolicies,
            Writers,
            Answers.Provider,
            _ => "/api/v1/policies/rules/location/lift",
            _ => new { reason = "test" }
        ),
    ];

    private static string At(Shop shop) => Policing.At($"merchant:{shop.Merchant}");
}
