using Tillkeeper.Server.People;
using Tillkeeper.Server.Tests.Running;
using static Tillkeeper.Server.Tests.Isolation.Answers;

namespace Tillkeeper.Server.Tests.Isolation;

/// <summary>Locks that wait: for their time, for a second person, or for a debt to be paid.</summary>
internal static class LockRecipes
{
    private const string Lockers = "admin risk fleet";

    public static IReadOnlyList<Recipe> All { get; } =
    [
        new(
            "POST /api/v1/merchants/{id}/arrears",
            Right.OrderLocks,
            Lockers,
            NotFound,
            Arrears,
            _ => new
            {
                amountDue = 12,
                currency = "CNY",
                noticeText = "Please settle it.",
            }
        ),
        new("GET /api/v1/merchants/{id}/arrears", Right.Look, "all", NotFound, Arrears),
        new("DELETE /api/v1/merchants/{id}/arrears", Right.OrderLocks, Lockers, NotFound, Arrears),
        new(
            "GET /api/v1/locks/scheduled",
            Right.Look,
            "all",
            NoTrace,
            _ => "/api/v1/locks/scheduled"
        ),
        new(
            "POST /api/v1/locks/batches/{id}/approve",
            Right.OrderLocks,
            Lockers,
            NotFound,
            s => $"/api/v1/locks/batches/{s.Awaiting}/approve"
        ),
        new(
            "DELETE /api/v1/locks/scheduled/{id}",
            Right.OrderLocks,
            Lockers,
            NotFound,
            s => $"/api/v1/locks/scheduled/{s.Scheduled}"
        ),
        new(
            "POST /api/v1/locks/batches/{id}/release",
            Right.ReleaseLocks,
            "admin risk",
            NotFound,
            s => $"/api/v1/locks/batches/{s.Batch}/release",
            _ => new { reason = "because" },
            Opens: true
        ),
    ];

    private static string Arrears(Shop shop) => $"/api/v1/merchants/{shop.Merchant}/arrears";
}
