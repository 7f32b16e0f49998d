using Tillkeeper.Server.People;

namespace Tillkeeper.Server.Tests.Isolation.Pages;

/// <summary>The fleet and one terminal of it.</summary>
internal static class FleetPages
{
    public static IReadOnlyList<Recipe> All { get; } =
    [
        new(
            "GET /console/terminals",
            Right.Look,
            "all",
            Answers.NoTrace,
            _ => "/console/terminals?sort=-serial"
        ),
        new(
            "GET /console/search",
            Right.Look,
            "all",
            Answers.NoTrace,
            _ => "/console/search?q=nobody"
        ),
        new(
            "GET /console/terminals/{id}",
            Right.Look,
            "all",
            Answers.NotFound,
            s => $"/console/terminals/{s.Terminal.Id}"
        ),
        new(
            "POST /console/terminals/{id}/lock",
            Right.OrderLocks,
            "admin risk fleet",
            Answers.NotFound,
            s => $"/console/terminals/{s.Terminal.Id}/lock",
            _ => PeoplePages.Form(("cause", "remote"), ("reason", "test"))
        ),
        new(
            "POST /console/terminals/{id}/locks/{lockId}/release",
            Right.ReleaseLocks,
            "admin risk",
            Answers.NotFound,
            s => $"/console/terminals/{s.Terminal.Id}/locks/{s.RemoteLock}/release",
            // The lock is left for the API to release.
            _ => PeoplePages.Form(("reason", "")),
            Lacks: "invalid"
        ),
        new(
            "POST /console/terminals/{id}/revoke",
            Right.RevokeTerminals,
            "admin risk fleet",
            Answers.NotFound,
            // Another one than the requests after it need.
            s => $"/console/terminals/{s.Tampered ?? s.Terminal.Id}/revoke",
            _ => PeoplePages.Form(("reason", "stolen"))
        ),
    ];
}
