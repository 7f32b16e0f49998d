using Tillkeeper.Core.Locks;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Impostors;

/// <summary>Attacks on what the provider decides: releases, repairs, orders on their way.</summary>
internal static class ReleaseAttacks
{
    private static readonly object Why = new { reason = "paid" };

    public static IReadOnlyList<Attack> All { get; } =
    [
        Remote(
            "helpdesk, agent and merchant order a release",
            async s =>
            {
                foreach (var by in (TestPerson[])[s.Helpdesk, s.Keeper])
                {
                    (await Release(s, by)).Refuses(403, "forbidden");
                }
            }
        ),
        Remote(
            "a key that was revoked orders a release",
            async s =>
            {
                (await s.Server.Admin.Delete($"/api/v1/keys/{s.Risk.Id}")).Expect(204);
                (await Release(s, s.Risk)).Expect(401);
            }
        ),
        Remote("the order for another terminal is brought by hand", OthersOrder),
        Remote("an old order is brought by hand a second time", ReplayedOrder),
        Remote("an order is altered on its way", AlteredOrder),
        new(
            "one human is two people with two keys",
            WayOut.ProviderRelease,
            Cause.StateUnknown,
            async s =>
            {
                await Release(s, s.Risk);
                var again = await s.FurtherKey(s.Risk, "admin");
                (await Release(s, again)).Refuses(409, "second_person_required");
            },
            async s =>
            {
                await Release(s, s.Risk);
                (await Release(s, s.SecondRisk)).Expect(202);
            }
        )
        {
            Honest = "two people release",
        },
        new(
            "one human vouches twice for a tampered terminal",
            WayOut.Repair,
            Cause.Tamper,
            async s =>
            {
                var again = await s.FurtherKey(s.Risk, "admin");
                await Vouch(s, s.Risk);
                (await Vouch(s, again)).Refuses(409, "second_person_required");
                (await s.Server.Admin.Post($"{s.Path}/enrolment-codes", new { })).Refuses(
                    409,
                    "tampered"
                );
            },
            async s =>
            {
                await Vouch(s, s.Risk);
                (await Vouch(s, s.SecondRisk)).Expect(204);
                await s.EnrolAgain();
            }
        )
        {
            Honest = "two people vouch, the terminal enrols anew",
        },
        new(
            "an agent says that the maintenance is over",
            WayOut.MaintenanceDone,
            Cause.Maintenance,
            async s => (await Release(s, s.Keeper)).Refuses(403, "forbidden"),
            async s => (await Release(s, s.Risk)).Expect(202)
        )
        {
            Honest = "the provider ends the maintenance",
        },
    ];

    private static Attack Remote(string name, Func<Scene, Task> act) =>
        new(
            name,
            WayOut.ProviderRelease,
            Cause.Remote,
            act,
            async s =>
            {
                (await Release(s, s.Risk)).Expect(202);
                await s.Bring(await s.Exported());
            }
        )
        {
            Honest = "risk releases, the order is brought by hand",
        };

    private static Task<Answer> Release(Scene s, TestPerson by) =>
        by.Post($"{s.Path}/locks/{s.LockId}/release", Why);

    private static Task<Answer> Vouch(Scene s, TestPerson by) =>
        by.Post($"{s.Path}/tamper-repair", Bodies.Repair);

    private static async Task OthersOrder(Scene s)
    {
        using var other = await Scene.Set(s.Server, Cause.Remote);
        (await Release(other, other.Risk)).Expect(202);
        await s.Bring(await other.Exported());
        await other.Sync();
        Assert.True(other.IsReleased);
    }

    private static async Task ReplayedOrder(Scene s)
    {
        (await Release(s, s.Risk)).Expect(202);
        var kept = await s.Exported();
        await s.Bring(kept);
        Assert.True(s.IsReleased);
        await s.LockAgain();
        await s.Bring(kept);
    }

    private static async Task AlteredOrder(Scene s)
    {
        using var other = await Scene.Set(s.Server, Cause.Remote);
        (await Release(other, other.Risk)).Expect(202);
        var forged = (await other.Exported()).Select(jws =>
        {
            var parts = jws.Split('.');
            var payload = System.Text.Encoding.UTF8.GetString(
                System.Buffers.Text.Base64Url.DecodeFromChars(parts[1])
            );
            var mine = payload
                .Replace(other.Terminal.Id, s.Terminal.Id, StringComparison.Ordinal)
                .Replace(other.LockId, s.LockId, StringComparison.Ordinal);
            parts[1] = System.Buffers.Text.Base64Url.EncodeToString(
                System.Text.Encoding.UTF8.GetBytes(mine)
            );
            return string.Join('.', parts);
        });
        await s.Bring(forged);
    }
}
