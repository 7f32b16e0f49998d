using Tillkeeper.Server.People;
using static Tillkeeper.Server.Tests.Isolation.Answers;

namespace Tillkeeper.Server.Tests.Isolation;

/// <summary>The log is everybody's at once: below the root nobody reads it.</summary>
internal static class AuditRecipes
{
    private const string Readers = "admin auditor";

    public static IReadOnlyList<Recipe> All { get; } =
    [
        Of("POST", "verifications"),
        Of("GET", "verifications/last"),
        Of("GET", "events"),
        Of("GET", "checkpoints"),
    ];

    private static Recipe Of(string method, string what) =>
        new(
            $"{method} /api/v1/audit/{what}",
            Right.VerifyAudit,
            Readers,
            Provider,
            _ => $"/api/v1/audit/{what}"
        );
}
