using Tillkeeper.Server.People;
using Tillkeeper.Server.Tests.Ledger;
using Tillkeeper.Server.Tests.Running;
using static Tillkeeper.Server.Tests.Isolation.Answers;

namespace Tillkeeper.Server.Tests.Isolation;

/// <summary>Manual records and what settles them.</summary>
internal static class LedgerRecipes
{
    private const string Everybody = "all";
    private const string Keepers = "admin fleet agent merchant";

    public static IReadOnlyList<Recipe> All { get; } =
    [
        new("GET /api/v1/ledger", Right.Look, Everybody, NoTrace, _ => "/api/v1/ledger"),
        new("GET /api/v1/ledger/gaps", Right.Look, Everybody, NoTrace, _ => "/api/v1/ledger/gaps"),
        new("GET /api/v1/ledger.csv", Right.Look, Everybody, NoTrace, _ => "/api/v1/ledger.csv"),
        new(
            "POST /api/v1/ledger/{id}/judgement",
            Right.ReconcileLedger,
            Keepers,
            NotFound,
            s => $"/api/v1/ledger/{Books.IdOf(s.Terminal, 1)}/judgement",
            _ => new { state = "disputed", reason = "because" }
        ),
        new(
            "PUT /api/v1/settlement-mappings/{acquirer}",
            Right.ManageMerchants,
            "admin fleet agent",
            Provider,
            _ => "/api/v1/settlement-mappings/other",
            _ => Books.Mapping
        ),
        new(
            "GET /api/v1/settlement-mappings/{acquirer}",
            Right.ReconcileLedger,
            Keepers,
            NoTrace,
            _ => "/api/v1/settlement-mappings/unionpay"
        ),
        new("GET /api/v1/settlements", Right.Look, Everybody, NoTrace, _ => "/api/v1/settlements"),
        new(
            "POST /api/v1/settlements",
            Right.ReconcileLedger,
            Keepers,
            NotFound,
            s => $"/api/v1/settlements?merchant={s.Merchant}&acquirer=unionpay&name=next.csv",
            _ => "time,amount\n2026-11-21 12:00:00,28.50\n"u8.ToArray()
        ),
        new("GET /api/v1/settlements/{id}", Right.Look, Everybody, NotFound, At),
        new(
            "GET /api/v1/settlements/{id}/lines",
            Right.Look,
            Everybody,
            NotFound,
            s => $"{At(s)}/lines"
        ),
        new(
            "POST /api/v1/settlements/{id}/match",
            Right.ReconcileLedger,
            Keepers,
            NotFound,
            s => $"{At(s)}/match"
        ),
    ];

    private static string At(Shop shop) => $"/api/v1/settlements/{shop.Settlement}";
}
