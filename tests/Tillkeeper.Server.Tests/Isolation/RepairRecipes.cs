using Tillkeeper.Server.People;
using Tillkeeper.Server.Tests.Running;
using static Tillkeeper.Server.Tests.Isolation.Answers;

namespace Tillkeeper.Server.Tests.Isolation;

/// <summary>Repairs: at the shop one is open, as the tree planted it.</summary>
internal static class RepairRecipes
{
    private const string Everybody = "all";
    private const string Shops = "admin helpdesk risk fleet agent merchant";
    private const string None = "0000000000";
    private const string Keepers = "admin helpdesk fleet";

    public static IReadOnlyList<Recipe> All { get; } =
    [
        new(
            "POST /api/v1/repairs",
            Right.RequestWork,
            Shops,
            NotFound,
            _ => "/api/v1/repairs",
            s => new
            {
                terminalId = s.Terminal.Id,
                part = "battery",
                fault = "empty after an hour",
            }
        ),
        new("GET /api/v1/repairs", Right.Look, Everybody, NoTrace, _ => "/api/v1/repairs"),
        new(
            "GET /api/v1/terminals/{id}/diagnosis",
            Right.Look,
            Everybody,
            NotFound,
            s => $"/api/v1/terminals/{s.Terminal.Id}/diagnosis?part=printer&answers=yes"
        ),
        new("GET /api/v1/wear-parts", Right.Look, Everybody, NoTrace, _ => "/api/v1/wear-parts"),
        new(
            "GET /api/v1/repairs/{id}",
            Right.Look,
            Everybody,
            NotFound,
            s => $"/api/v1/repairs/{s.Repairs?.Open ?? None}"
        ),
        Act("dispatch", Right.ManageRepairs, Keepers, new { company = "C", repairer = "R" }),
        Act("identity", Right.RequestWork, Shops, new { proof = "employee_card" }),
        Act(
            "custody",
            Right.RequestWork,
            Shops,
            new
            {
                from = "shop",
                to = "repairer",
                condition = "whole",
            }
        ),
        Act(
            "result",
            Right.ManageRepairs,
            Keepers,
            new
            {
                result = "repaired",
                work = "cleaned",
                sealIntact = true,
            }
        ),
        Act(
            "acceptance",
            Right.ReleaseLocks,
            "admin risk",
            new { reason = "works" },
            r => r.Returned
        ) with
        {
            Opens = true,
        },
        Act(
            "cancellation",
            Right.ManageRepairs,
            Keepers,
            new { reason = "found the cable" },
            r => r.Spare
        ),
    ];

    private static Recipe Act(
        string what,
        Right right,
        string roles,
        object body,
        Func<ShopRepairs, string>? which = null
    ) =>
        new(
            $"POST /api/v1/repairs/{{id}}/{what}",
            right,
            roles,
            NotFound,
            s =>
                $"/api/v1/repairs/{(s.Repairs is { } some ? (which?.Invoke(some) ?? some.Open) : None)}/{what}",
            _ => body
        );
}
