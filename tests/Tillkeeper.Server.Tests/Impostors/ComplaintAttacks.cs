using Tillkeeper.Core.Locks;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Impostors;

/// <summary>Attacks by way of a complaint (W7).</summary>
internal static class ComplaintAttacks
{
    public static IReadOnlyList<Attack> All { get; } =
    [
        new(
            "a complaint is reviewed by whoever made it",
            WayOut.ProviderRelease,
            Cause.Remote,
            async s => (await Overturn(s, s.Risk, s.Risk)).Refuses(403, "own_decision"),
            async s => (await Overturn(s, s.Keeper, s.Risk)).Expect(200)
        )
        {
            Honest = "the shop complains, risk overturns",
        },
        new(
            "a reviewer overturns, and completes the release with another key",
            WayOut.ProviderRelease,
            Cause.StateUnknown,
            async s =>
            {
                (await Overturn(s, s.Keeper, s.Risk)).Expect(200);
                var again = await s.FurtherKey(s.Risk, "admin");
                (await Release(s, again)).Refuses(409, "second_person_required");
            },
            async s =>
            {
                (await Overturn(s, s.Keeper, s.Risk)).Expect(200);
                (await Release(s, s.SecondRisk)).Expect(202);
            }
        )
        {
            Honest = "risk overturns, a second person releases",
        },
    ];

    private static Task<Answer> Release(Scene s, TestPerson by) =>
        by.Post($"{s.Path}/locks/{s.LockId}/release", new { reason = "overturned" });

    private static async Task<Answer> Overturn(Scene s, TestPerson complains, TestPerson reviews)
    {
        var body = new
        {
            kind = "lock",
            terminalId = s.Terminal.Id,
            lockId = s.LockId,
            text = "There was no reason.",
        };
        var id = (await complains.Post("/api/v1/complaints", body)).Expect(201).Text("id");
        return await reviews.Post(
            $"/api/v1/complaints/{id}/review",
            new { outcome = "overturned", reason = "no ground" }
        );
    }
}
