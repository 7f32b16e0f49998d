using Tillkeeper.Server.People;

namespace Tillkeeper.Server.Tests.Isolation;

/// <summary>Questions to merchants, and moves announced.</summary>
internal static class EnvironmentRecipes
{
    public static IReadOnlyList<Recipe> All { get; } =
    [
        new(
            "POST /api/v1/terminals/{id}/questions/{rule}/answer",
            Right.OpenCases,
            "admin helpdesk risk agent merchant",
            Answers.NotFound,
            s => $"/api/v1/terminals/{s.Terminal.Id}/questions/environment/answer",
            _ => new { answer = "ours" }
        ),
        new(
            "GET /api/v1/terminals/{id}/networks",
            Right.Look,
            "all",
            Answers.NotFound,
            s => $"/api/v1/terminals/{s.Terminal.Id}/networks"
        ),
        new(
            "POST /api/v1/terminals/{id}/networks",
            Right.OpenCases,
            "admin helpdesk risk agent merchant",
            Answers.NotFound,
            s => $"/api/v1/terminals/{s.Terminal.Id}/networks",
            _ => new { network = "198.51.100.0/24", reason = "a second line" }
        ),
        new(
            "POST /api/v1/terminals/{id}/networks/{request}/decision",
            Right.ReleaseLocks,
            "admin risk",
            Answers.NotFound,
            s =>
                $"/api/v1/terminals/{s.Terminal.Id}/networks/{s.NetworkRequest ?? "none"}/decision",
            _ => new { decision = "approve", reason = "seen" },
            Opens: true
        ),
        new(
            "POST /api/v1/terminals/{id}/moves",
            Right.RequestWork,
            "admin helpdesk risk fleet agent merchant",
            Answers.NotFound,
            s => $"/api/v1/terminals/{s.Terminal.Id}/moves",
            _ => new
            {
                from = DateTimeOffset.UtcNow,
                until = DateTimeOffset.UtcNow.AddDays(1),
                networks = new[] { "203.0.113.0/24" },
                address = "88 Renmin Road",
                reason = "moving",
            }
        ),
        new(
            "POST /api/v1/terminals/{id}/moves/approval",
            Right.ManageTerminals,
            "admin fleet",
            Answers.NotFound,
            s => $"/api/v1/terminals/{s.Bindings?.Moving ?? s.Terminal.Id}/moves/approval",
            _ => new { reason = "the lease is known" }
        ),
        new(
            "DELETE /api/v1/terminals/{id}/moves",
            Right.ManageTerminals,
            "admin fleet",
            Answers.NotFound,
            s => $"/api/v1/terminals/{s.Terminal.Id}/moves"
        ),
    ];
}
