using Tillkeeper.Server.People;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Isolation.Pages;

/// <summary>Moves, replacements, and networks that the shop asks for.</summary>
internal static class MovesPages
{
    private const string Home = "/console/moves-and-bindings";

    public static IReadOnlyList<Recipe> All { get; } =
    [
        new($"GET {Home}", Right.Look, "all", Answers.NoTrace, _ => Home),
        .. Of("relocations", s => s.Bindings?.Relocation),
        .. Of("replacements", s => s.Bindings?.Replacement),
        new(
            $"GET {Home}/networks/{{id}}",
            Right.Look,
            "all",
            Answers.NotFound,
            s => $"{Home}/networks/{s.Terminal.Id}"
        ),
        new(
            $"POST {Home}/networks/{{id}}/{{step}}",
            Right.Look,
            "all",
            Answers.NotFound,
            s => $"{Home}/networks/{s.Terminal.Id}/decide",
            s =>
                CasesPages.Form(
                    ("request", s.Desk.Network),
                    ("decision", "refuse"),
                    ("reason", "not the shop's")
                )
        ),
    ];

    private static IEnumerable<Recipe> Of(string kind, Func<Shop, ShopBindings.Steps?> steps)
    {
        yield return new(
            $"GET {Home}/{kind}/{{id}}",
            Right.Look,
            "all",
            Answers.NotFound,
            s => $"{Home}/{kind}/{steps(s)?.Approved ?? "none"}"
        );
        yield return new(
            $"POST {Home}/{kind}/{{id}}/{{step}}",
            Right.Look,
            "all",
            Answers.NotFound,
            s => $"{Home}/{kind}/{steps(s)?.Spare ?? "none"}/withdrawal",
            _ => CasesPages.Form(("reason", "the shop stays"))
        );
    }
}
