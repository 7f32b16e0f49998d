using Tillkeeper.Server.People;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Isolation.Pages;

/// <summary>Pages about people: the admin's, and one's own.</summary>
internal static class PeoplePages
{
    private const string Reauthenticate = "reauthentication_required";

    public static IReadOnlyList<Recipe> All { get; } =
    [
        new(
            "GET /console/people",
            Right.SeeKeys,
            "admin auditor",
            Answers.NoTrace,
            _ => "/console/people"
        ),
        new(
            "POST /console/people",
            Right.ManageKeys,
            "admin",
            Answers.NotFound,
            _ => "/console/people",
            s =>
                Form(
                    ("name", "Somebody"),
                    ("login", $"browser-{Letters.Random()}"),
                    ("role", "merchant"),
                    ("org", s.Merchant)
                )
        ),
        new(
            "POST /console/people/role",
            Right.ManageKeys,
            "admin",
            Answers.NotFound,
            _ => "/console/people/role",
            s =>
                Form(
                    ("id", s.Account),
                    ("role", "merchant"),
                    ("org", s.Merchant),
                    ("reason", "another shop")
                )
        ),
        new(
            "POST /console/people/reset",
            Right.ManageKeys,
            "admin",
            Answers.NotFound,
            _ => "/console/people/reset",
            s => Form(("id", s.Account), ("reason", "lost phone"))
        ),
        new(
            "POST /console/people/suspend",
            Right.ManageKeys,
            "admin",
            Answers.NotFound,
            _ => "/console/people/suspend",
            s => Form(("id", s.Account), ("reason", "left"))
        ),
        new("GET /sign-in/again", Right.Look, "all", Answers.NoTrace, _ => "/sign-in/again"),
        new(
            "POST /sign-in/again",
            Right.Look,
            "all",
            Answers.NoTrace,
            _ => "/sign-in/again",
            _ => Form(("password", "x"), ("code", "1"))
        ),
        new(
            "POST /sign-in/again/passkey-options",
            Right.Look,
            "all",
            Answers.NoTrace,
            _ => "/sign-in/again/passkey-options",
            _ => Form()
        ),
        new(
            "POST /sign-in/again/passkey",
            Right.Look,
            "all",
            Answers.NoTrace,
            _ => "/sign-in/again/passkey",
            _ => Form(("return", "/account"))
        ),
        new("POST /sign-out", Right.Look, "all", Answers.NoTrace, _ => "/sign-out", _ => Form()),
        new("GET /account", Right.Look, "all", Answers.NoTrace, _ => "/account"),
        // Whoever comes with a key has no password to change.
        new(
            "POST /account/password",
            Right.Look,
            "all",
            Answers.Provider,
            _ => "/account/password",
            _ => Form(("password", "correct horse battery")),
            Lacks: Reauthenticate
        ),
        new(
            "POST /account/recovery-codes",
            Right.Look,
            "all",
            Answers.Provider,
            _ => "/account/recovery-codes",
            _ => Form(),
            Lacks: Reauthenticate
        ),
        new(
            "POST /account/passkeys/options",
            Right.Look,
            "all",
            Answers.Provider,
            _ => "/account/passkeys/options",
            _ => Form(),
            Lacks: Reauthenticate
        ),
        new(
            "POST /account/passkeys",
            Right.Look,
            "all",
            Answers.Provider,
            _ => "/account/passkeys",
            _ => Form(("name", "Laptop")),
            Lacks: Reauthenticate
        ),
        new(
            "POST /account/passkeys/{id}/remove",
            Right.Look,
            "all",
            Answers.Provider,
            _ => "/account/passkeys/0000000000/remove",
            _ => Form(),
            Lacks: Reauthenticate
        ),
        new(
            "POST /account/sessions/{id}/end",
            Right.Look,
            "all",
            Answers.NotFound,
            _ => "/account/sessions/0011223344556677/end",
            _ => Form(),
            Lacks: "not_found"
        ),
    ];

    internal static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) =>
        new(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
}
