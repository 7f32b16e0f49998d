using Tillkeeper.Server.People;
using Tillkeeper.Server.Tests.Running;
using static Tillkeeper.Server.Tests.Isolation.Answers;

namespace Tillkeeper.Server.Tests.Isolation;

/// <summary>Complaints: the keeper of the shop has one about the lock that the provider put up.</summary>
internal static class ComplaintRecipes
{
    private const string Everybody = "all";
    private const string Openers = "admin helpdesk risk agent merchant";

    public static IReadOnlyList<Recipe> All { get; } =
    [
        new("GET /api/v1/complaints", Right.Look, Everybody, NoTrace, _ => "/api/v1/complaints"),
        new("GET /api/v1/complaints/{id}", Right.Look, Everybody, NotFound, At),
        new(
            "GET /api/v1/complaints/{id}/packet",
            Right.Look,
            Everybody,
            NotFound,
            s => $"{At(s)}/packet"
        ),
        new(
            "GET /api/v1/reports/overturned",
            Right.Look,
            Everybody,
            NoTrace,
            _ => "/api/v1/reports/overturned"
        ),
        new(
            "POST /api/v1/complaints",
            Right.OpenCases,
            Openers,
            NotFound,
            _ => "/api/v1/complaints",
            s => s.ComplaintBody
        ),
        new(
            "POST /api/v1/complaints/{id}/escalate",
            Right.OpenCases,
            Openers,
            NotFound,
            s => $"{At(s)}/escalate",
            _ => new { to = "management" }
        ),
        new(
            "POST /api/v1/complaints/{id}/review",
            Right.ReleaseLocks,
            "admin risk",
            NotFound,
            s => $"{At(s)}/review",
            _ => new { outcome = "overturned", reason = "because" },
            Opens: true
        ),
    ];

    private static string At(Shop shop) => $"/api/v1/complaints/{shop.Complaint}";
}
