using Tillkeeper.Server.People;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Isolation;

/// <summary>The course of a case; each at a case of the shop that is where the route needs it.</summary>
internal static class CaseRecipes
{
    private const string Deciders = "admin helpdesk risk";
    private const string Openers = "admin helpdesk risk agent merchant";

    public static IReadOnlyList<Recipe> All { get; } =
    [
        new(
            "POST /api/v1/cases/{id}/call-backs",
            Right.DecideCases,
            Deciders,
            Answers.NotFound,
            s => $"/api/v1/cases/{s.Cases.Open}/call-backs"
        ),
        new(
            "POST /api/v1/cases/{id}/call-backs/{number}",
            Right.DecideCases,
            Deciders,
            Answers.NotFound,
            s => $"/api/v1/cases/{s.Cases.Open}/call-backs/1",
            _ => new { outcome = "confirmed" }
        ),
        new(
            "POST /api/v1/cases/{id}/comparison",
            Right.DecideCases,
            Deciders,
            Answers.NotFound,
            s => $"/api/v1/cases/{s.Cases.Open}/comparison",
            _ => new { name = "Noodle shop" }
        ),
        new(
            "GET /api/v1/colleagues",
            Right.HandleAlerts,
            "admin helpdesk risk fleet",
            Answers.NotFound,
            s => $"/api/v1/colleagues?case={s.Cases.Open}"
        ),
        new(
            "GET /api/v1/terminals/by-serial/{serial}",
            Right.Look,
            "all",
            Answers.NotFound,
            s => $"/api/v1/terminals/by-serial/{s.Serial}"
        ),
        new(
            "GET /api/v1/instructions",
            Right.Look,
            "all",
            Answers.NoTrace,
            _ => "/api/v1/instructions"
        ),
        new(
            "PUT /api/v1/merchants/{id}/file",
            Right.ManageMerchants,
            "admin fleet agent",
            Answers.NotFound,
            s => $"/api/v1/merchants/{s.Merchant}/file",
            _ => new { legalRepresentative = "Li Lei", reason = "from the register" }
        ),
        new(
            "POST /api/v1/cases/{id}/locks",
            Right.OpenCases,
            Openers,
            Answers.NotFound,
            s => $"/api/v1/cases/{s.Cases.Open}/locks",
            s => new { lockId = s.PasswordLock, wayOut = "wait" }
        ),
        new(
            "POST /api/v1/cases/{id}/assignee",
            Right.DecideCases,
            Deciders,
            Answers.NotFound,
            s => $"/api/v1/cases/{s.Cases.Open}/assignee",
            s => new { person = s.Cases.Decider, reason = "shift ends" }
        ),
        new(
            "POST /api/v1/cases/{id}/merge",
            Right.DecideCases,
            Deciders,
            Answers.NotFound,
            s => $"/api/v1/cases/{s.Cases.Duplicate}/merge",
            s => new { into = s.Cases.Open, reason = "called twice" }
        ),
        new(
            "POST /api/v1/cases/{id}/reopen",
            Right.OpenCases,
            Openers,
            Answers.NotFound,
            s => $"/api/v1/cases/{s.Cases.Refused}/reopen",
            _ => new { reason = "papers are here" }
        ),
        new(
            "PUT /api/v1/cases/{id}/answer",
            Right.OpenCases,
            Openers,
            Answers.NotFound,
            s => $"/api/v1/cases/{s.Case}/answer",
            _ => new { score = 4 }
        ),
    ];
}
