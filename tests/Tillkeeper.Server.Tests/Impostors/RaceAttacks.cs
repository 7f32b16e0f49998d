using Tillkeeper.Core.Locks;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Impostors;

/// <summary>One refuses while others approve, all at the same moment.</summary>
internal static class RaceAttacks
{
    private const int MostRounds = 8;

    public static IReadOnlyList<Attack> All { get; } =
    [
        new(
            "the race of refuse and approve: whoever refused first has refused",
            WayOut.ProviderRelease,
            Cause.Remote,
            Race,
            async s => (await Scene.Decide(s.Risk, await Opened(s))).Expect(200)
        )
        {
            Honest = "a case for the provider's release, approved by risk",
        },
    ];

    private static Task<string> Opened(Scene s) => s.Case(s.Keeper, "provider_release");

    /// <summary>Races until a refusal has won; where an approval did, the release is a true one.</summary>
    private static async Task Race(Scene s)
    {
        for (var round = 0; round < MostRounds; round++)
        {
            var id = await Opened(s);
            if (!await Approved(s, id))
            {
                await s.Sync();
                var late = await Scene.Decide(s.SecondRisk, id);
                late.Refuses(409, "already_decided");
                return;
            }
            await s.Sync();
            Assert.True(s.IsReleased);
            await s.LockAgain();
        }
        // Never won: then it is first without a race, and the approvals come at once after it.
        var last = await Opened(s);
        (await Scene.Decide(s.Risk, last, "refuse")).Expect(200);
        Assert.All(await Task.WhenAll(Approvals(s, last)), a => a.Refuses(409, "already_decided"));
    }

    /// <summary>Exactly one of them all decides.</summary>
    private static async Task<bool> Approved(Scene s, string id)
    {
        var refusal = Scene.Decide(s.Risk, id, "refuse");
        var answers = await Task.WhenAll(Approvals(s, id).Prepend(refusal));
        Assert.Single(answers, a => a.Status == 200);
        Assert.All(
            answers.Where(a => a.Status != 200),
            a => Assert.Equal((409, "already_decided"), (a.Status, a.Code))
        );
        return answers[0].Status != 200;
    }

    private static Task<Answer>[] Approvals(Scene s, string id) =>
        [.. Enumerable.Range(0, 4).Select(_ => Scene.Decide(s.SecondRisk, id))];
}
