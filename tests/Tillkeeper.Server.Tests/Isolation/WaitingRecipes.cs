using Tillkeeper.Server.People;
using Tillkeeper.Server.Tests.Running;
using static Tillkeeper.Server.Tests.Isolation.Answers;

namespace Tillkeeper.Server.Tests.Isolation;

/// <summary>Waiting for the end of a lock.</summary>
internal static class WaitingRecipes
{
    private const string Everybody = "all";

    public static IReadOnlyList<Recipe> All { get; } =
    [
        new(
            "GET /api/v1/terminals/{id}/locks/{lockId}/estimates",
            Right.Look,
            Everybody,
            NotFound,
            s => $"{At(s)}/locks/{s.RemoteLock}/estimates"
        ),
        new(
            "GET /api/v1/terminals/{id}/live",
            Right.Look,
            Everybody,
            NotFound,
            s => $"{At(s)}/live?for=PT0S"
        ),
    ];

    private static string At(Shop shop) => $"/api/v1/terminals/{shop.Terminal.Id}";
}
