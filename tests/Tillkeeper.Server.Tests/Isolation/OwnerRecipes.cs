using Tillkeeper.Server.People;
using Tillkeeper.Server.Tests.Running;
using static Tillkeeper.Server.Tests.Isolation.Answers;

namespace Tillkeeper.Server.Tests.Isolation;

/// <summary>What the owner of a shop does without the provider, and what has to be set up for it.</summary>
internal static class OwnerRecipes
{
    /// <summary>Routes of a bank's app: they answer strangers, and take nothing that the bank has not signed.</summary>
    public static IReadOnlyList<string> Banks { get; } =
    ["POST /bank/v1/{bank}/state", "POST /bank/v1/{bank}/wishes", "POST /bank/v1/{bank}/answers"];

    /// <summary>The page that an owner uses a passkey on: files, the same for everybody.</summary>
    public static IReadOnlyList<string> Page { get; } = ["GET /owner", "GET /owner/{file}"];

    public static IReadOnlyList<Recipe> All { get; } =
    [
        new(
            "POST /api/v1/banks",
            Right.ManageBanks,
            "admin",
            Answers.Provider,
            _ => "/api/v1/banks",
            _ => new { name = "Bank" },
            Opens: true
        ),
        new(
            "GET /api/v1/banks",
            Right.ManageBanks,
            "admin",
            Answers.Provider,
            _ => "/api/v1/banks"
        ),
        new(
            "DELETE /api/v1/banks/{id}",
            Right.ManageBanks,
            "admin",
            Answers.Provider,
            _ => "/api/v1/banks/none"
        ),
        new(
            "PUT /api/v1/terminals/{id}/bank-card",
            Right.ManageTerminals,
            "admin fleet",
            NotFound,
            s => $"{At(s)}/bank-card",
            _ => new { bank = "none", reference = "r" },
            Opens: true,
            Lacks: "invalid"
        ),
        new(
            "DELETE /api/v1/terminals/{id}/bank-card",
            Right.ManageTerminals,
            "admin fleet",
            NotFound,
            s => $"{At(s)}/bank-card"
        ),
        new(
            "POST /api/v1/terminals/{id}/bank-requests",
            Right.OpenCases,
            "admin helpdesk risk agent merchant",
            NotFound,
            s => $"{At(s)}/bank-requests",
            s => new { action = "release", locks = new[] { s.PasswordLock } },
            Lacks: "no_bank_card"
        ),
        new(
            "GET /api/v1/terminals/{id}/bank-requests",
            Right.Look,
            "all",
            NotFound,
            s => $"{At(s)}/bank-requests"
        ),
        new(
            "POST /api/v1/passkeys/options",
            Right.OwnShop,
            "merchant",
            NoTrace,
            _ => "/api/v1/passkeys/options",
            _ => new { }
        ),
        new(
            "POST /api/v1/passkeys",
            Right.OwnShop,
            "merchant",
            NotFound,
            _ => "/api/v1/passkeys",
            _ => new
            {
                name = "Phone",
                state = "none",
                credential = new { },
            },
            Lacks: "not_found"
        ),
        new("GET /api/v1/passkeys", Right.Look, "all", NoTrace, _ => "/api/v1/passkeys"),
        new(
            "POST /api/v1/passkeys/{id}/confirm",
            Right.DecideCases,
            "admin helpdesk risk",
            NotFound,
            _ => "/api/v1/passkeys/none/confirm",
            _ => new { reason = "called back" },
            Opens: true,
            Lacks: "not_found"
        ),
        new(
            "DELETE /api/v1/passkeys/{id}",
            Right.OpenCases,
            "admin helpdesk risk agent merchant",
            NotFound,
            _ => "/api/v1/passkeys/none",
            Lacks: "not_found"
        ),
        new(
            "POST /api/v1/terminals/{id}/locks/{lockId}/passkey-options",
            Right.OwnShop,
            "merchant",
            NotFound,
            s => $"{At(s)}/locks/{s.PasswordLock}/passkey-options",
            _ => new { },
            Lacks: "no_passkey"
        ),
        new(
            "POST /api/v1/terminals/{id}/locks/{lockId}/passkey-release",
            Right.OwnShop,
            "merchant",
            NotFound,
            s => $"{At(s)}/locks/{s.PasswordLock}/passkey-release",
            _ => new { state = "none", credential = new { } },
            Opens: true,
            Lacks: "not_confirmed"
        ),
        new(
            "POST /api/v1/terminals/{id}/locks/{lockId}/owner-code",
            Right.OwnShop,
            "merchant",
            NotFound,
            s => $"{At(s)}/locks/{s.PasswordLock}/owner-code",
            _ => new { },
            Lacks: "way_out_not_available"
        ),
        new(
            "POST /api/v1/terminals/{id}/locks/{lockId}/owner-code-release",
            Right.OwnShop,
            "merchant",
            NotFound,
            s => $"{At(s)}/locks/{s.PasswordLock}/owner-code-release",
            _ => new { code = "00000000" },
            Opens: true,
            Lacks: "way_out_not_available"
        ),
    ];

    private static string At(Shop shop) => $"/api/v1/terminals/{shop.Terminal.Id}";
}
