using Tillkeeper.Server.People;
using Tillkeeper.Server.Tests.Isolation.Pages;

namespace Tillkeeper.Server.Tests.Isolation;

/// <summary>Saved views: everybody has their own, and sees no others.</summary>
internal static class ViewRecipes
{
    public static IReadOnlyList<Recipe> All { get; } =
    [
        new("GET /api/v1/views", Right.Look, "all", Answers.NoTrace, _ => "/api/v1/views"),
        new(
            "PUT /api/v1/views/{list}/{name}",
            Right.Look,
            "all",
            Answers.NoTrace,
            _ => "/api/v1/views/terminals/mine",
            _ => new { query = "locked=true" }
        ),
        new(
            "DELETE /api/v1/views/{list}/{name}",
            Right.Look,
            "all",
            Answers.NotFound,
            _ => "/api/v1/views/terminals/nobodys",
            Lacks: "not_found"
        ),
        new(
            "POST /console/views",
            Right.Look,
            "all",
            Answers.NoTrace,
            _ => "/console/views",
            _ => PeoplePages.Form(("list", "cases"), ("name", "mine too"), ("query", "state=open"))
        ),
        new(
            "POST /console/views/remove",
            Right.Look,
            "all",
            Answers.NotFound,
            _ => "/console/views/remove",
            _ => PeoplePages.Form(("list", "cases"), ("name", "nobody's")),
            Lacks: "not_found"
        ),
    ];
}
