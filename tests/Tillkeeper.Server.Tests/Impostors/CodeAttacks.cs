using System.Globalization;
using Tillkeeper.Core.Locks;

namespace Tillkeeper.Server.Tests.Impostors;

/// <summary>Attacks on the code over the phone (B4).</summary>
internal static class CodeAttacks
{
    private const string ByCode = "offline_code";

    public static IReadOnlyList<Attack> All { get; } =
    [
        Phone("the code is for another terminal's challenge", OthersChallenge),
        Phone("a stolen phone: the code is typed at another screen than it was made for", OldCode),
        Phone("the code is guessed", Guessing),
        Phone(
            "a code is asked for before anybody has decided",
            async s =>
            {
                var id = await s.Case(s.Keeper, ByCode);
                Assert.Null(await Scene.Code(s.Helpdesk, id, await s.Challenge()));
            }
        ),
        Phone(
            "the shop asks for its code itself",
            async s =>
            {
                var id = await s.Case(s.Keeper, ByCode);
                (await Scene.Decide(s.Helpdesk, id)).Expect(200);
                Assert.Null(await Scene.Code(s.Keeper, id, await s.Challenge()));
            }
        ),
        Phone(
            "the same challenge is read out twice, by two who call",
            async s =>
            {
                var challenge = await s.Challenge();
                var id = await s.Case(s.Keeper, ByCode);
                (await Scene.Decide(s.Helpdesk, id)).Expect(200);
                Assert.NotNull(await Scene.Code(s.Helpdesk, id, challenge));
                // The first caller has the code; the second gets none to type.
                Assert.Null(await Scene.Code(s.Risk, id, challenge));
            }
        ),
        new(
            "one human with two keys approves and reads out",
            WayOut.OfflineCode,
            Cause.LocationAnomaly,
            async s =>
            {
                var id = await s.Case(s.Keeper, ByCode);
                (await Scene.Decide(s.Risk, id)).Expect(200);
                var again = await s.FurtherKey(s.Risk, "admin");
                Assert.Null(await Scene.Code(again, id, await s.Challenge()));
            },
            async s => await Honest(s, s.Risk, s.SecondRisk)
        )
        {
            Honest = "one person approves, another reads out",
        },
    ];

    private static Attack Phone(string name, Func<Scene, Task> act) =>
        new(
            name,
            WayOut.OfflineCode,
            Cause.WrongPassword,
            act,
            async s => await Honest(s, s.Helpdesk, s.Helpdesk)
        )
        {
            Honest = "an approved case, a challenge read out, the code typed",
        };

    private static async Task Honest(Scene s, Running.TestPerson decider, Running.TestPerson reader)
    {
        var id = await s.Case(s.Keeper, ByCode);
        (await Scene.Decide(decider, id)).Expect(200);
        var code = await Scene.Code(reader, id, await s.Challenge());
        await s.Type(code!);
    }

    private static async Task OthersChallenge(Scene s)
    {
        using var other = await Scene.Set(s.Server, Cause.WrongPassword);
        var id = await s.Case(s.Keeper, ByCode);
        (await Scene.Decide(s.Helpdesk, id)).Expect(200);
        // The thief reads out what his own stolen terminal shows, with this shop's case.
        Assert.Null(await Scene.Code(s.Helpdesk, id, await other.Challenge()));
        // And types what the honest one was told elsewhere.
        await Honest(other, other.Helpdesk, other.Helpdesk);
        Assert.True(other.IsReleased);
    }

    private static async Task OldCode(Scene s)
    {
        using var other = await Scene.Set(s.Server, Cause.WrongPassword);
        var id = await other.Case(other.Keeper, ByCode);
        (await Scene.Decide(other.Helpdesk, id)).Expect(200);
        var code = await Scene.Code(other.Helpdesk, id, await other.Challenge());
        await s.Type(code!);
    }

    private static async Task Guessing(Scene s)
    {
        await s.Challenge();
        // Far more than the five that are looked at; none of them is the code.
        for (var i = 0; i < 12; i++)
        {
            await s.Type((10_000_000 + i).ToString(CultureInfo.InvariantCulture));
        }
        var id = await s.Case(s.Keeper, ByCode);
        (await Scene.Decide(s.Helpdesk, id)).Expect(200);
        // Not even the right one, once the tries are used up.
        var code = await Scene.Code(s.Helpdesk, id, await s.Challenge());
        await s.Type(code!);
    }
}
