using Tillkeeper.Core.Locks;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Impostors;

/// <summary>Attacks on the helpdesk: a case is opened, papers are shown, somebody decides.</summary>
internal static class CaseAttacks
{
    private const string Reset = "password_reset";

    public static IReadOnlyList<Attack> All { get; } =
    [
        Password("the helpdesk decides a case that it opened itself", Insider, Honest),
        Password("the helpdesk attaches the papers, then decides", AttachingInsider, Honest),
        Password(
            "one human opens with one key and approves with another",
            async s =>
            {
                var id = await s.Case(s.Helpdesk, Reset);
                await Scene.Decide(await s.FurtherKey(s.Helpdesk, "admin"), id);
            },
            Honest
        ),
        Password(
            "the shop's keeper decides for himself",
            async s => await Scene.Decide(s.Keeper, await s.Case(s.Keeper, Reset)),
            Honest
        ),
        Password(
            "a keeper of another shop opens a case",
            async s =>
            {
                var other = await Shop.NewMerchant(s.Server, null, "Other shop");
                var stranger = await s.Server.Person("merchant", other);
                var opened = await stranger.Post(
                    "/api/v1/cases",
                    Shop.CaseBody(s.Terminal.Id, s.LockId)
                );
                opened.Refuses(404, "not_found");
            },
            Honest
        ),
        Password("a document is forged by its type", ForgedType, Honest),
        Password("two cases at once, one refused: the other does not release", TwoCases, Honest),
        Password("a refused case is approved afterwards", RefusedThenApproved, Honest),
        new(
            "a password case is opened for a lock of the provider",
            WayOut.PasswordReset,
            Cause.Remote,
            async s =>
                (
                    await s.Keeper.Post("/api/v1/cases", Shop.CaseBody(s.Terminal.Id, s.LockId))
                ).Refuses(409, "way_out_not_available"),
            async s =>
                (await Scene.Decide(s.Risk, await s.Case(s.Keeper, "provider_release"))).Expect(200)
        )
        {
            Honest = "a case for the provider's release, approved by risk",
        },
    ];

    private static Attack Password(string name, Func<Scene, Task> act, Func<Scene, Task> twin) =>
        new(name, WayOut.PasswordReset, Cause.WrongPassword, act, twin)
        {
            Honest = "the shop opens a case, the helpdesk approves",
        };

    private static async Task Honest(Scene s) =>
        (await Scene.Decide(s.Helpdesk, await s.Case(s.Keeper, Reset))).Expect(200);

    private static async Task Insider(Scene s) =>
        (await Scene.Decide(s.Helpdesk, await s.Case(s.Helpdesk, Reset))).Refuses(403, "own_case");

    private static async Task AttachingInsider(Scene s)
    {
        var id = await s.Case(s.Keeper, Reset);
        (await s.Helpdesk.Put($"/api/v1/cases/{id}/documents/identity_card", Shop.Photo)).Expect(
            204
        );
        (await Scene.Decide(s.Helpdesk, id)).Refuses(403, "own_case");
    }

    private static async Task ForgedType(Scene s)
    {
        var id = await s.Case(s.Keeper, Reset);
        var forged = await s.Keeper.Put(
            $"/api/v1/cases/{id}/documents/business_licence",
            "<html>a licence</html>"u8.ToArray()
        );
        forged.Expect(415);
    }

    private static async Task TwoCases(Scene s)
    {
        var refused = await s.Case(s.Keeper, Reset);
        var again = await s.Keeper.Post("/api/v1/cases", Shop.CaseBody(s.Terminal.Id, s.LockId));
        again.Refuses(409, "case_exists");
        var other = await s.Case(s.Keeper, "offline_code");
        (await Scene.Decide(s.Helpdesk, refused, "refuse")).Expect(200);
        (await Scene.Decide(s.Helpdesk, other)).Expect(200);
        // Approved for a code, which nobody has: nothing goes out, and the refused case yields none.
        Assert.Null(await Scene.Code(s.Helpdesk, refused, await s.Challenge()));
    }

    private static async Task RefusedThenApproved(Scene s)
    {
        var id = await s.Case(s.Keeper, Reset);
        (await Scene.Decide(s.Helpdesk, id, "refuse")).Expect(200);
        (await Scene.Decide(s.Risk, id)).Refuses(409, "already_decided");
    }
}
