using Tillkeeper.Server.People;
using static Tillkeeper.Server.Tests.Isolation.Answers;

namespace Tillkeeper.Server.Tests.Isolation;

/// <summary>Manual records and what settles them.</summary>
internal static class LedgerRecipes
{
    private const string Everybody = "all";

    public static IReadOnlyList<Recipe> All { get; } =
    [
        new("GET /api/v1/ledger", Right.Look, Everybody, NoTrace, _ => "/api/v1/ledger"),
        new("GET /api/v1/ledger/gaps", Right.Look, Everybody, NoTrace, _ => "/api/v1/ledger/gaps"),
        new("GET /api/v1/ledger.csv", Right.Look, Everybody, NoTrace, _ => "/api/v1/ledger.csv"),
    ];
}
