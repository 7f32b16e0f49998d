using Tillkeeper.Server.People;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Isolation.Pages;

/// <summary>The list of cases, and the desk.</summary>
internal static class CasesPages
{
    private const string Openers = "admin helpdesk risk agent merchant";

    public static IReadOnlyList<Recipe> All { get; } =
    [
        new("GET /console/cases", Right.Look, "all", Answers.NoTrace, _ => "/console/cases"),
        new(
            "GET /console/cases/new",
            Right.OpenCases,
            Openers,
            Answers.NoTrace,
            _ => "/console/cases/new"
        ),
        new(
            "POST /console/cases/new",
            Right.OpenCases,
            Openers,
            Answers.NotFound,
            _ => "/console/cases/new",
            s =>
                Form(
                    ("terminalId", s.Terminal.Id),
                    ("lockId", s.PasswordLock),
                    ("wayOut", "manager_sign_in"),
                    ("applicantName", "Li Na"),
                    ("applicantPhone", "138 0013 8000")
                )
        ),
        new("GET /console/cases/{id}", Right.Look, "all", Answers.NotFound, At),
        new(
            "GET /console/cases/{id}/documents/{document}",
            Right.DecideCases,
            "admin helpdesk risk",
            Answers.NotFound,
            s => $"{At(s)}/documents/{s.Document}"
        ),
        new(
            "POST /console/cases/{id}/{step}",
            Right.Look,
            "all",
            Answers.NotFound,
            s => $"/console/cases/{s.Cases.Open}/assign",
            s => Form(("person", s.Cases.Decider), ("reason", "shift ends"))
        ),
    ];

    /// <summary>What a browser sends of a form.</summary>
    public static FormUrlEncodedContent Form(
        params IEnumerable<(string Name, string Value)> fields
    ) => new(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));

    private static string At(Shop shop) => $"/console/cases/{shop.Case}";
}
