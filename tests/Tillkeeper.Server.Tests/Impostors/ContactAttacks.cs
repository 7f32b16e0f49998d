using System.Globalization;
using Tillkeeper.Core.Locks;
using Tillkeeper.Server.Tests.Passkeys;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Impostors;

/// <summary>Attacks by way of the shop's phone: the number on file is changed first, or what it is sent is guessed.</summary>
internal static class ContactAttacks
{
    public static IReadOnlyList<Attack> All { get; } =
    [
        new(
            "the contact was changed, and the new number confirms the call back",
            WayOut.PasswordReset,
            Cause.WrongPassword,
            async s =>
            {
                var id = await CalledAtTheNewNumber(s);
                (await Scene.Decide(s.Helpdesk, id)).Refuses(409, "second_person_required");
                var again = await s.FurtherKey(s.Helpdesk, "admin");
                (await Scene.Decide(again, id)).Refuses(409, "second_person_required");
            },
            async s =>
            {
                var id = await CalledAtTheNewNumber(s);
                (await Scene.Decide(s.Helpdesk, id)).Refuses(409, "second_person_required");
                (await Scene.Decide(s.Risk, id)).Expect(200);
            }
        )
        {
            Honest = "a true new number: a second person approves too",
            Policy = "identity: {independentProof: true}",
        },
        Code(
            "the contact was changed, and a code is sent to the new number",
            async s =>
            {
                await ChangeContact(s);
                (await s.Keeper.Post($"{At(s)}/owner-code", new { })).Refuses(
                    409,
                    "contact_changed"
                );
            }
        ),
        Code(
            "a stolen phone shows a code after the owner has reported its loss",
            async s =>
            {
                var code = await Sent(s);
                await ChangeContact(s);
                (await Type(s, code)).Refuses(409, "contact_changed");
            }
        ),
        Code("the code to the owner's phone is guessed", Guessing),
        Code(
            "the contact was changed, and the new number confirms a passkey",
            async s =>
            {
                await ChangeContact(s);
                using Authenticator thiefs = new();
                var passkey = await PasskeyAttacks.Enrol(s.Keeper, thiefs);
                (await PasskeyAttacks.Confirm(s.Helpdesk, passkey)).Refuses(409, "contact_changed");
                (await s.Keeper.Post($"{At(s)}/passkey-options", new { })).Refuses(
                    409,
                    "no_passkey"
                );
            }
        ),
    ];

    private static Attack Code(string name, Func<Scene, Task> act) =>
        new(
            name,
            WayOut.Passkey,
            Cause.WrongPassword,
            act,
            async s => (await Type(s, await Sent(s))).Expect(202)
        )
        {
            Honest = "the owner types the code sent to the phone on file",
        };

    private static string At(Scene s) => $"{s.Path}/locks/{s.LockId}";

    public static async Task ChangeContact(Scene s)
    {
        var file = new
        {
            contact = new { name = "Zhao", phone = "13900000001" },
            reason = "new phone",
        };
        (await s.Server.Admin.PutJson($"/api/v1/merchants/{s.Merchant}/file", file)).Expect(204);
    }

    private static async Task<string> CalledAtTheNewNumber(Scene s)
    {
        await ChangeContact(s);
        var id = await s.Case(s.Keeper, "password_reset");
        var calls = $"/api/v1/cases/{id}/call-backs";
        var call = (await s.Helpdesk.Post(calls, new { })).Expect(201);
        Assert.Equal("13900000001", call.Text("phone"));
        var ended = await s.Helpdesk.Post(
            $"{calls}/{call.Json.GetProperty("number").GetInt32()}",
            new { outcome = "confirmed" }
        );
        ended.Expect(204);
        return id;
    }

    private static async Task<string> Sent(Scene s)
    {
        (await s.Keeper.Post($"{At(s)}/owner-code", new { })).Expect(202);
        return s.Sms!.LastCode;
    }

    private static Task<Answer> Type(Scene s, string code) =>
        s.Keeper.Post($"{At(s)}/owner-code-release", new { code });

    /// <summary>All at once, so that a limit which is looked at too late would show.</summary>
    private static async Task Guessing(Scene s)
    {
        var code = await Sent(s);
        var wrong = Enumerable
            .Range(10_000_000, 21)
            .Select(n => n.ToString(CultureInfo.InvariantCulture))
            .Where(n => n != code)
            .Take(20);
        var guesses = await Task.WhenAll(wrong.Select(n => Type(s, n)));
        Assert.Equal(5, guesses.Count(a => a.Code == "wrong_code"));
        (await Type(s, code)).Refuses(410, "code_over");
    }
}
