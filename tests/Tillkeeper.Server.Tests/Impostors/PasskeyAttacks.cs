using Tillkeeper.Core.Locks;
using Tillkeeper.Server.Tests.Passkeys;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Impostors;

/// <summary>Attacks on the owner's passkey (G1). Whoever attacks already has the key or the session of the shop.</summary>
internal static class PasskeyAttacks
{
    public static IReadOnlyList<Attack> All { get; } =
    [
        Passkey(
            "a stolen challenge is signed by another device",
            async (s, owners) =>
            {
                await Confirmed(s, owners);
                using Authenticator thiefs = new();
                (await Release(s, await Begun(s), thiefs)).Refuses(409, "not_confirmed");
            }
        ),
        Passkey(
            "a passkey is enrolled that nobody has called back about",
            async (s, own) =>
            {
                await Enrol(s.Keeper, own);
                (await s.Keeper.Post($"{At(s)}/passkey-options", new { })).Refuses(
                    409,
                    "no_passkey"
                );
            }
        ),
        Passkey(
            "the owner's own key at the helpdesk confirms the passkey",
            async (s, own) =>
            {
                var id = await Enrol(s.Keeper, own);
                var again = await s.FurtherKey(s.Keeper, "helpdesk");
                (await Confirm(again, id)).Refuses(403, "own_passkey");
            }
        ),
        Passkey(
            "the owner of another shop has a passkey",
            async (s, own) =>
            {
                var elsewhere = await Shop.NewMerchant(s.Server, null, "Other shop");
                var stranger = await s.Server.Person("merchant", elsewhere);
                (await Confirm(s.Helpdesk, await Enrol(stranger, own))).Expect(204);
                (await stranger.Post($"{At(s)}/passkey-options", new { })).Refuses(
                    404,
                    "not_found"
                );
                (await stranger.Post($"{At(s)}/passkey-release", Body(await Kept(s), own))).Refuses(
                    404,
                    "not_found"
                );
            }
        ),
        Passkey(
            "somebody holds the owner's phone, but has neither finger nor PIN",
            async (s, owners) =>
            {
                await Confirmed(s, owners);
                owners.Verifies = false;
                (await Release(s, await Begun(s), owners)).Refuses(409, "not_confirmed");
            }
        ),
        Passkey("the answer of the last release is played again", Replayed),
    ];

    public static async Task<string> Enrol(TestPerson owner, Authenticator device)
    {
        var begun = (await owner.Post("/api/v1/passkeys/options", new { })).Expect(200);
        var body = new
        {
            name = "Phone",
            state = begun.Text("state"),
            credential = device.Create(begun.Json.GetProperty("options")),
        };
        return (await owner.Post("/api/v1/passkeys", body)).Expect(201).Text("id");
    }

    public static Task<Answer> Confirm(TestPerson by, string passkey) =>
        by.Post($"/api/v1/passkeys/{passkey}/confirm", new { reason = "called back" });

    private static Attack Passkey(string name, Func<Scene, Authenticator, Task> act) =>
        new(
            name,
            WayOut.Passkey,
            Cause.WrongPassword,
            s => With(s, act),
            s =>
                With(
                    s,
                    async (_, device) =>
                    {
                        await Confirmed(s, device);
                        (await Release(s, await Begun(s), device)).Expect(202);
                    }
                )
        )
        {
            Honest = "the owner's own device, confirmed by a call back, with finger or PIN",
        };

    private static async Task With(Scene s, Func<Scene, Authenticator, Task> act)
    {
        using Authenticator device = new();
        await act(s, device);
    }

    private static string At(Scene s) => $"{s.Path}/locks/{s.LockId}";

    private static async Task Confirmed(Scene s, Authenticator device) =>
        (await Confirm(s.Helpdesk, await Enrol(s.Keeper, device))).Expect(204);

    private static async Task<Answer> Begun(Scene s) =>
        (await s.Keeper.Post($"{At(s)}/passkey-options", new { })).Expect(200);

    /// <summary>A challenge that the true owner has asked for.</summary>
    private static async Task<Answer> Kept(Scene s)
    {
        using Authenticator owners = new();
        await Confirmed(s, owners);
        return await Begun(s);
    }

    private static object Body(Answer begun, Authenticator device) =>
        new
        {
            state = begun.Text("state"),
            credential = device.Get(begun.Json.GetProperty("options")),
        };

    private static Task<Answer> Release(Scene s, Answer begun, Authenticator device) =>
        s.Keeper.Post($"{At(s)}/passkey-release", Body(begun, device));

    private static async Task Replayed(Scene s, Authenticator device)
    {
        await Confirmed(s, device);
        var body = Body(await Begun(s), device);
        (await s.Keeper.Post($"{At(s)}/passkey-release", body)).Expect(202);
        await s.Sync();
        Assert.True(s.IsReleased);
        await s.LockAgain();
        (await s.Keeper.Post($"{At(s)}/passkey-release", body)).Refuses(409, "not_confirmed");
    }
}
