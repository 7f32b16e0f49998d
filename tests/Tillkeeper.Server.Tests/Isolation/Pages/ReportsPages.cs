using Tillkeeper.Server.People;
using static Tillkeeper.Server.Tests.Isolation.Answers;

namespace Tillkeeper.Server.Tests.Isolation.Pages;

/// <summary>The page of the monthly report: it counts what its reader sees.</summary>
internal static class ReportsPages
{
    private const string Everybody = "all";

    public static IReadOnlyList<Recipe> All { get; } =
    [new("GET /console/reports", Right.Look, Everybody, NoTrace, _ => "/console/reports")];
}
