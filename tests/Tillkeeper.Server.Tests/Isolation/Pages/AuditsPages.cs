using Tillkeeper.Server.People;
using static Tillkeeper.Server.Tests.Isolation.Answers;

namespace Tillkeeper.Server.Tests.Isolation.Pages;

/// <summary>The page of the log: it is everybody's at once, and below the root nobody's.</summary>
internal static class AuditsPages
{
    private const string Readers = "admin auditor";

    public static IReadOnlyList<Recipe> All { get; } =
    [
        new("GET /console/audit", Right.VerifyAudit, Readers, Provider, _ => "/console/audit"),
        new(
            "GET /console/audit/export",
            Right.VerifyAudit,
            Readers,
            Provider,
            // Nothing is found, so that a browser is shown an empty file.
            _ => "/console/audit/export?what=nothing"
        ),
        new(
            "POST /console/audit/verify",
            Right.VerifyAudit,
            Readers,
            Provider,
            _ => "/console/audit/verify",
            _ => CampaignsPages.Form(("once", "1"))
        ),
    ];
}
