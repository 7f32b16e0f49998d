using Tillkeeper.Server.People;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Isolation.Pages;

/// <summary>Investigations: what happened, why, and what changes.</summary>
internal static class InvestigationsPages
{
    private const string Investigators = "admin risk";
    private const string Readers = "admin helpdesk risk fleet auditor";

    public static IReadOnlyList<Recipe> All { get; } =
    [
        new(
            "GET /console/investigations",
            Right.SeeInvestigations,
            Readers,
            Answers.NoTrace,
            _ => "/console/investigations"
        ),
        new(
            "GET /console/investigations/new",
            Right.Investigate,
            Investigators,
            Answers.NoTrace,
            _ => "/console/investigations/new"
        ),
        new(
            "POST /console/investigations/new",
            Right.Investigate,
            Investigators,
            Answers.NotFound,
            _ => "/console/investigations/new",
            s =>
                CasesPages.Form(
                    ("terminalId", s.Terminal.Id),
                    ("lockId", s.RemoteLock),
                    ("summary", "why it was locked")
                )
        ),
        new(
            "GET /console/investigations/{id}",
            Right.SeeInvestigations,
            Readers,
            Answers.NotFound,
            At
        ),
        new(
            "POST /console/investigations/{id}/{step}",
            Right.SeeInvestigations,
            Readers,
            Answers.NotFound,
            s => $"{At(s)}/findings",
            _ => CasesPages.Form(("factors", "a new cashier"))
        ),
    ];

    private static string At(Shop shop) =>
        $"/console/investigations/{shop.Investigation ?? "none"}";
}
