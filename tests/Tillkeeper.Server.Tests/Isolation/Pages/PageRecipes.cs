using Tillkeeper.Server.People;

namespace Tillkeeper.Server.Tests.Isolation.Pages;

/// <summary>
/// Every page, as every other route: who may see it, and what whoever stands elsewhere gets. Each page is looked at in a browser too
/// (tests/Pages), as the first role named.
/// </summary>
internal static class PageRecipes
{
    public static IReadOnlyList<Recipe> All { get; } =
    [
        new("GET /", Right.Look, "all", Answers.NoTrace, _ => "/"),
        new("GET /console", Right.Look, "all", Answers.NoTrace, _ => "/console"),
        new("GET /console/look", Right.Look, "all", Answers.NoTrace, _ => "/console/look"),
        .. CampaignsPages.All,
        .. PoliciesPages.All,
        .. CrisesPages.All,
        .. AuditsPages.All,
        .. ReportsPages.All,
        .. PeoplePages.All,
        .. PortalPages.All,
        .. FleetPages.All,
        .. CasesPages.All,
        .. AlertsPages.All,
        .. ComplaintsPages.All,
        .. RepairsPages.All,
        .. InvestigationsPages.All,
        .. MovesPages.All,
    ];

    /// <summary>Pages for whoever is not in yet.</summary>
    public static IReadOnlyList<string> Public { get; } =
    [
        "GET /sign-in",
        "POST /sign-in",
        "POST /sign-in/code",
        "POST /sign-in/passkey-options",
        "POST /sign-in/passkey",
        "GET /invitation/{token}",
        "POST /invitation/{token}",
        "POST /invitation/{token}/passkey-options",
        "POST /invitation/{token}/passkey",
    ];

    /// <summary>Files that pages lead to: they are no pages to look at.</summary>
    public static IReadOnlyList<string> Files { get; } =
    ["GET /console/cases/{id}/documents/{document}", "GET /console/complaints/{id}/packet"];

    /// <summary>What belongs to no page alone.</summary>
    public static IReadOnlyList<Recipe> Frame { get; } =
    [
        new(
            "GET /live",
            Right.Look,
            "all",
            Answers.NotFound,
            s => $"/live?of=terminals/{s.Terminal.Id}&for=PT0S"
        ),
        .. PortalPages.Files,
    ];
}
