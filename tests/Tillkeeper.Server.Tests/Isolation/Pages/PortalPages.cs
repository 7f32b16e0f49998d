using Tillkeeper.Server.People;
using Tillkeeper.Server.Tests.Running;
using static Tillkeeper.Server.Tests.Isolation.Answers;

namespace Tillkeeper.Server.Tests.Isolation.Pages;

/// <summary>The pages of a shop's owner: nobody else has them, and none shows another's shop.</summary>
internal static class PortalPages
{
    public static IReadOnlyList<Recipe> All { get; } =
    [
        List("GET /shop", "/shop"),
        Look("GET /shop/terminals/{id}", Till),
        Do(
            "POST /shop/terminals/{id}/questions/{rule}",
            s => $"{Till(s)}/questions/environment",
            new(StringComparer.Ordinal) { ["answer"] = "ours" },
            "no_question"
        ),
        Look(
            "GET /shop/terminals/{id}/locks/{lockId}/help",
            s => $"{Lock(s)}/help?wayOut=password_reset"
        ),
        new(
            "POST /shop/terminals/{id}/locks/{lockId}/help",
            Right.OwnShop,
            "merchant",
            NotFound,
            s => $"{Lock(s)}/help",
            s =>
                Form(
                    new(StringComparer.Ordinal)
                    {
                        ["lockId"] = s.PasswordLock,
                        ["wayOut"] = "password_reset",
                        ["name"] = "Li Na",
                        ["phone"] = "138 0013 8000",
                    }
                ),
            Lacks: "case_exists"
        ),
        List("GET /shop/cases", "/shop/cases"),
        Look("GET /shop/cases/{id}", Case),
        new(
            "POST /shop/cases/{id}/documents",
            Right.OwnShop,
            "merchant",
            NotFound,
            s => $"{Case(s)}/documents",
            _ => new MultipartFormDataContent
            {
                { new StringContent("terminal_photo"), "kind" },
                { new ByteArrayContent(Shop.Photo), "file", "photo.png" },
            }
        ),
        Do(
            "POST /shop/cases/{id}/answer",
            s => $"{Case(s)}/answer",
            new(StringComparer.Ordinal) { ["score"] = "4" },
            "not_decided"
        ),
        Do(
            "POST /shop/cases/{id}/reopen",
            s => $"{Case(s)}/reopen",
            new(StringComparer.Ordinal) { ["reason"] = "not settled" },
            "case_open"
        ),
        Look("GET /shop/terminals/{id}/locks/{lockId}/release", s => $"{Lock(s)}/release"),
        Do(
            "POST /shop/terminals/{id}/locks/{lockId}/passkey-options",
            s => $"{Lock(s)}/passkey-options",
            [],
            "no_passkey"
        ),
        Do(
            "POST /shop/terminals/{id}/locks/{lockId}/passkey",
            s => $"{Lock(s)}/passkey",
            new(StringComparer.Ordinal) { ["state"] = "none" },
            "not_confirmed"
        ),
        Do(
            "POST /shop/terminals/{id}/locks/{lockId}/phone-code",
            s => $"{Lock(s)}/phone-code",
            [],
            "way_out_not_available"
        ),
        Do(
            "POST /shop/terminals/{id}/locks/{lockId}/phone-release",
            s => $"{Lock(s)}/phone-release",
            new(StringComparer.Ordinal) { ["code"] = "00000000" },
            "way_out_not_available"
        ),
        Do(
            "POST /shop/terminals/{id}/locks/{lockId}/bank",
            s => $"{Lock(s)}/bank",
            [],
            "no_bank_card"
        ),
        List("GET /shop/passkeys", "/shop/passkeys"),
        new(
            "POST /shop/passkeys/options",
            Right.OwnShop,
            "merchant",
            NoTrace,
            _ => "/shop/passkeys/options",
            _ => Form([])
        ),
        Do(
            "POST /shop/passkeys",
            _ => "/shop/passkeys",
            new(StringComparer.Ordinal) { ["name"] = "Phone", ["state"] = "none" },
            "not_found"
        ),
        Do("POST /shop/passkeys/{id}/remove", _ => "/shop/passkeys/none/remove", [], "not_found"),
        List("GET /shop/complaints", "/shop/complaints"),
        List("GET /shop/complaints/new", "/shop/complaints/new"),
        new(
            "POST /shop/complaints",
            Right.OwnShop,
            "merchant",
            NotFound,
            _ => "/shop/complaints",
            s =>
                Form(
                    new(StringComparer.Ordinal)
                    {
                        ["kind"] = "lock",
                        ["terminalId"] = s.Terminal.Id,
                        ["lockId"] = s.PasswordLock,
                        ["text"] = "It takes too long.",
                    }
                )
        ),
        Look("GET /shop/complaints/{id}", s => $"/shop/complaints/{s.Complaint}"),
        Do(
            "POST /shop/complaints/{id}/escalate",
            s => $"/shop/complaints/{s.Complaint}/escalate",
            new(StringComparer.Ordinal) { ["to"] = "nobody" },
            "invalid"
        ),
        List("GET /shop/records", "/shop/records"),
        List("GET /shop/settings", "/shop/settings"),
        new(
            "POST /shop/settings",
            Right.OwnShop,
            "merchant",
            NotFound,
            _ => "/shop/settings",
            s =>
                Form(
                    new(StringComparer.Ordinal)
                    {
                        ["merchant"] = s.Merchant,
                        ["language"] = "en",
                        ["zone"] = "Asia/Shanghai",
                        ["from"] = "22:00",
                        ["to"] = "07:00",
                    }
                )
        ),
        List("GET /shop/staff", "/shop/staff"),
    ];

    /// <summary>What a page hands out that is none itself.</summary>
    public static IReadOnlyList<Recipe> Files { get; } =
    [
        Look(
            "GET /shop/complaints/{id}/packet",
            s => $"/shop/complaints/{s.Complaint}/packet?format=json"
        ),
    ];

    private static Recipe List(string route, string path) =>
        new(route, Right.OwnShop, "merchant", NoTrace, _ => path);

    private static Recipe Look(string route, Func<Shop, string> path) =>
        new(route, Right.OwnShop, "merchant", NotFound, path);

    private static Recipe Do(
        string route,
        Func<Shop, string> path,
        Dictionary<string, string> fields,
        string? lacks = null
    ) => new(route, Right.OwnShop, "merchant", NotFound, path, _ => Form(fields), Lacks: lacks);

    /// <summary>As a page sends it: no form is ever empty.</summary>
    private static FormUrlEncodedContent Form(Dictionary<string, string> fields) =>
        new(fields.Append(KeyValuePair.Create("once", Guid.NewGuid().ToString("N"))));

    private static string Till(Shop s) => $"/shop/terminals/{s.Terminal.Id}";

    private static string Lock(Shop s) => $"{Till(s)}/locks/{s.PasswordLock}";

    private static string Case(Shop s) => $"/shop/cases/{s.Case}";
}
