using Tillkeeper.Server.People;
using Tillkeeper.Server.Tests.Running;
using static Tillkeeper.Server.Tests.Isolation.Answers;

namespace Tillkeeper.Server.Tests.Isolation;

/// <summary>Replacements and relocations: at the shop there is one at each step.</summary>
internal static class BindingRecipes
{
    private const string Everybody = "all";
    private const string Keepers = "admin fleet";
    private const string None = "0000000000";

    public static IReadOnlyList<Recipe> All { get; } =
    [
        new(
            "POST /api/v1/replacements",
            Right.ManageTerminals,
            Keepers,
            NotFound,
            _ => "/api/v1/replacements",
            s => ShopBindings.ReplacementOf(s.Bindings?.Old ?? None, s.Bindings?.Free ?? None)
        ),
        new(
            "POST /api/v1/relocations",
            Right.ManageTerminals,
            Keepers,
            NotFound,
            _ => "/api/v1/relocations",
            s => ShopBindings.RelocationOf(s.Bindings?.MoveCase ?? None)
        ),
        .. Of("replacements", s => s.Bindings?.Replacement),
        .. Of("relocations", s => s.Bindings?.Relocation),
    ];

    private static IEnumerable<Recipe> Of(string kind, Func<Shop, ShopBindings.Steps?> steps)
    {
        var at = $"/api/v1/{kind}";
        string One(Shop shop) => $"{at}/{steps(shop)?.Proposed ?? None}";
        return
        [
            new($"GET {at}", Right.Look, Everybody, NoTrace, _ => at),
            new($"GET {at}/{{id}}", Right.Look, Everybody, NotFound, One),
            new(
                $"POST {at}/{{id}}/acknowledgement",
                Right.ManageTerminals,
                Keepers,
                NotFound,
                s => $"{One(s)}/acknowledgement",
                _ => new { reference = "UMS-1" }
            ),
            new(
                $"POST {at}/{{id}}/approval",
                Right.ReleaseLocks,
                "admin risk",
                NotFound,
                s => $"{at}/{steps(s)?.Approved ?? None}/approval",
                _ => new { reason = "agreed" },
                Opens: true
            ),
            new(
                $"POST {at}/{{id}}/withdrawal",
                Right.ManageTerminals,
                Keepers,
                NotFound,
                s => $"{at}/{steps(s)?.Unwanted ?? None}/withdrawal",
                _ => new { reason = "not needed" }
            ),
        ];
    }
}
