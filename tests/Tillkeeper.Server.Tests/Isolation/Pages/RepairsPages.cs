using Tillkeeper.Server.People;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Isolation.Pages;

/// <summary>Repairs: at the shop one is open, as the tree planted it.</summary>
internal static class RepairsPages
{
    private const string Shops = "admin helpdesk risk fleet agent merchant";

    public static IReadOnlyList<Recipe> All { get; } =
    [
        new("GET /console/repairs", Right.Look, "all", Answers.NoTrace, _ => "/console/repairs"),
        new(
            "GET /console/repairs/new",
            Right.RequestWork,
            Shops,
            Answers.NoTrace,
            _ => "/console/repairs/new"
        ),
        new(
            "POST /console/repairs/new",
            Right.RequestWork,
            Shops,
            Answers.NotFound,
            _ => "/console/repairs/new",
            s =>
                CasesPages.Form(
                    ("terminalId", s.Terminal.Id),
                    ("part", "card_reader"),
                    ("fault", "does not read")
                )
        ),
        new("GET /console/repairs/{id}", Right.Look, "all", Answers.NotFound, At),
        new(
            "POST /console/repairs/{id}/{step}",
            Right.Look,
            "all",
            Answers.NotFound,
            s => $"{At(s)}/dispatch",
            _ => CasesPages.Form(("company", "Huaxin Repairs"), ("repairer", "Zhao Lei"))
        ),
    ];

    private static string At(Shop shop) => $"/console/repairs/{shop.Repairs?.Open ?? "none"}";
}
