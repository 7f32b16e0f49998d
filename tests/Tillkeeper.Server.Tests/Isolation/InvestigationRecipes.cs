using Tillkeeper.Server.People;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Isolation;

/// <summary>Investigations: what happened, why, and what changes.</summary>
internal static class InvestigationRecipes
{
    private const string Investigators = "admin risk";
    private const string Readers = "admin helpdesk risk fleet auditor";

    public static IReadOnlyList<Recipe> All { get; } =
    [
        new(
            "GET /api/v1/investigations",
            Right.SeeInvestigations,
            Readers,
            Answers.NoTrace,
            _ => "/api/v1/investigations"
        ),
        new(
            "GET /api/v1/investigations/{id}",
            Right.SeeInvestigations,
            Readers,
            Answers.NotFound,
            s => At(s)
        ),
        new(
            "POST /api/v1/investigations",
            Right.Investigate,
            Investigators,
            Answers.NotFound,
            _ => "/api/v1/investigations",
            s => Body(s)
        ),
        new(
            "PUT /api/v1/investigations/{id}/findings",
            Right.Investigate,
            Investigators,
            Answers.NotFound,
            s => At(s, "/findings"),
            _ => new { causeConfirmed = true, factors = new[] { "a new cashier" } }
        ),
        new(
            "POST /api/v1/investigations/{id}/actions",
            Right.Investigate,
            Investigators,
            Answers.NotFound,
            s => At(s, "/actions"),
            s => new
            {
                what = "train them",
                owner = s.Keeper.Id,
                due = DateTimeOffset.UtcNow.AddDays(1),
            }
        ),
        new(
            "POST /api/v1/investigations/{id}/actions/{action:int}/done",
            Right.Investigate,
            Investigators,
            Answers.NotFound,
            s => At(s, "/actions/1/done")
        ),
        new(
            "POST /api/v1/investigations/{id}/policies",
            Right.Investigate,
            Investigators,
            Answers.NotFound,
            s => At(s, "/policies"),
            s => new { target = "provider", revision = 999_999 },
            Lacks: "invalid"
        ),
        new(
            "POST /api/v1/investigations/{id}/close",
            Right.Investigate,
            Investigators,
            Answers.NotFound,
            s => At(s, "/close"),
            _ => new { conclusion = "a slip", falseLock = false }
        ),
    ];

    public static object Body(Shop shop) =>
        new
        {
            terminalId = shop.Terminal.Id,
            lockId = shop.RemoteLock,
            summary = "why it was locked",
        };

    private static string At(Shop shop, string rest = "") =>
        $"/api/v1/investigations/{shop.Investigation ?? "none"}{rest}";
}
