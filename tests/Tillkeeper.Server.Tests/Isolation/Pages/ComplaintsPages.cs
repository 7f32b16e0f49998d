using Tillkeeper.Server.People;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Isolation.Pages;

/// <summary>Complaints: the keeper of the shop has one about a lock, and one about a delay.</summary>
internal static class ComplaintsPages
{
    private const string Openers = "admin helpdesk risk agent merchant";

    public static IReadOnlyList<Recipe> All { get; } =
    [
        new(
            "GET /console/complaints",
            Right.Look,
            "all",
            Answers.NoTrace,
            _ => "/console/complaints?state=all"
        ),
        new(
            "GET /console/complaints/new",
            Right.OpenCases,
            Openers,
            Answers.NoTrace,
            _ => "/console/complaints/new"
        ),
        new(
            "POST /console/complaints/new",
            Right.OpenCases,
            Openers,
            Answers.NotFound,
            _ => "/console/complaints/new",
            s =>
                CasesPages.Form(
                    ("kind", "lock"),
                    ("terminalId", s.Terminal.Id),
                    ("lockId", s.RemoteLock),
                    ("text", "Nobody told us why.")
                )
        ),
        new("GET /console/complaints/{id}", Right.Look, "all", Answers.NotFound, At),
        new(
            "GET /console/complaints/{id}/packet",
            Right.Look,
            "all",
            Answers.NotFound,
            s => $"{At(s)}/packet"
        ),
        new(
            "POST /console/complaints/{id}/{step}",
            Right.Look,
            "all",
            Answers.NotFound,
            s => $"/console/complaints/{s.Desk.Delay}/escalate",
            _ => CasesPages.Form(("to", "management"))
        ),
    ];

    private static string At(Shop shop) => $"/console/complaints/{shop.Complaint}";
}
