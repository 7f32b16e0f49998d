using Tillkeeper.Server.People;
using static Tillkeeper.Server.Tests.Isolation.Answers;

namespace Tillkeeper.Server.Tests.Isolation;

/// <summary>Reports: everybody sees how well their own part of the tree was served.</summary>
internal static class ReportRecipes
{
    public static IReadOnlyList<Recipe> All { get; } =
    [
        new(
            "GET /api/v1/reports/monthly",
            Right.Look,
            "all",
            NoTrace,
            _ => "/api/v1/reports/monthly?month=2026-11"
        ),
    ];
}
