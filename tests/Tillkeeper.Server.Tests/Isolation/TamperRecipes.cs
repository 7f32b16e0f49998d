using Tillkeeper.Server.People;
using Tillkeeper.Server.Tests.Running;
using static Tillkeeper.Server.Tests.Isolation.Answers;

namespace Tillkeeper.Server.Tests.Isolation;

/// <summary>The way out of tampering: at the shop one person has vouched already.</summary>
internal static class TamperRecipes
{
    public static IReadOnlyList<Recipe> All { get; } =
    [
        new(
            "POST /api/v1/terminals/{id}/tamper-repair",
            Right.ReleaseLocks,
            "admin risk",
            NotFound,
            s => $"/api/v1/terminals/{s.Tampered ?? s.Terminal.Id}/tamper-repair",
            _ => Bodies.Repair,
            Opens: true
        ),
    ];
}
