using Tillkeeper.Server.People;
using Tillkeeper.Server.Tests.Running;
using static Tillkeeper.Server.Tests.Isolation.Answers;

namespace Tillkeeper.Server.Tests.Isolation;

/// <summary>Accounts of people, and where one is signed in oneself.</summary>
internal static class PeopleRecipes
{
    public static IReadOnlyList<Recipe> All { get; } =
    [
        new(
            "POST /api/v1/people",
            Right.ManageKeys,
            "admin",
            NotFound,
            _ => "/api/v1/people",
            s => new
            {
                name = "Somebody",
                login = $"somebody-{Letters.Random()}",
                role = "merchant",
                org = s.Merchant,
            },
            Opens: true
        ),
        new("GET /api/v1/people", Right.SeeKeys, "admin auditor", NoTrace, _ => "/api/v1/people"),
        new(
            "POST /api/v1/people/{id}/role",
            Right.ManageKeys,
            "admin",
            NotFound,
            s => $"/api/v1/people/{s.OtherAccount}/role",
            s => new
            {
                role = "merchant",
                org = s.Merchant,
                reason = "another shop",
            },
            Opens: true
        ),
        new(
            "POST /api/v1/people/{id}/reset",
            Right.ManageKeys,
            "admin",
            NotFound,
            s => $"/api/v1/people/{s.OtherAccount}/reset",
            _ => new { reason = "lost phone" },
            Opens: true
        ),
        new(
            "POST /api/v1/people/{id}/suspend",
            Right.ManageKeys,
            "admin",
            NotFound,
            s => $"/api/v1/people/{s.OtherAccount}/suspend",
            _ => new { reason = "left" }
        ),
        new("GET /api/v1/sessions", Right.Look, "all", NoTrace, _ => "/api/v1/sessions"),
        // Whoever comes with a key is signed in nowhere.
        new(
            "DELETE /api/v1/sessions/{id}",
            Right.Look,
            "all",
            NotFound,
            _ => "/api/v1/sessions/0011223344556677",
            Lacks: "not_found"
        ),
    ];
}
