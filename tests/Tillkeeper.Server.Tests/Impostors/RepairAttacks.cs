using Tillkeeper.Core.Device;
using Tillkeeper.Core.Device.Hardware;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Rules;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Impostors;

/// <summary>Attacks on a repair (W5) and on the self-test.</summary>
internal static class RepairAttacks
{
    private const string Part = "printer";
    private static readonly object Reason = new { reason = "looked at it" };

    public static IReadOnlyList<Attack> All { get; } =
    [
        Repair(
            "a terminal comes back without a self-test, and two people accept it",
            async s =>
            {
                var at = await Returned(s);
                await NobodyAccepts(s, at);
            }
        ),
        Repair(
            "a self-test from before the repair is shown, and one that failed",
            async s =>
            {
                var before = s.Server.Clock.GetUtcNow().AddMinutes(-1);
                var at = await Returned(s);
                await s.Terminal.Report(ShopRepairs.Tested(before), ShopRepairs.Tested(null));
                await NobodyAccepts(s, at);
                var now = s.Server.Clock.GetUtcNow();
                await s.Terminal.Report(ShopRepairs.Tested(now, PartStatus.Failed));
                await NobodyAccepts(s, at);
            }
        ),
        Repair(
            "one human accepts the return with two keys",
            async s =>
            {
                var at = await Tested(s);
                (await Accept(s.Risk, at)).Refuses(409, "second_person_required");
                var again = await s.FurtherKey(s.Risk, "admin");
                (await Accept(again, at)).Refuses(409, "second_person_required");
            }
        ),
        new(
            "another part is tested, the broken one fails again, and risk orders the rest",
            WayOut.SelfTest,
            Cause.HardwareFault,
            async s =>
            {
                await s.Do(new RecordSelfTest([new TestedPart(Part, PartStatus.Failed, true)]));
                await s.Do(new Clear(RuleName.Hardware, "scanner"));
                var release = await s.Risk.Post($"{s.Path}/locks/{s.LockId}/release", Reason);
                release.Refuses(409, "way_out_not_available");
            },
            async s =>
            {
                await s.Do(new RecordSelfTest([new TestedPart(Part, PartStatus.Ok)]));
                await s.Do(new Clear(RuleName.Hardware, Part));
            }
        )
        {
            Honest = "the terminal itself finds the part in order",
            Policy = "hardware: {then: lock}",
            Begin = async s =>
            {
                var id = TestTerminal.NewId();
                await s.Do(
                    new Find(RuleName.Hardware, new Evidence(), id, Part, [Capability.CardPayment])
                );
                s.Adopt(id);
            },
        },
    ];

    private static Attack Repair(string name, Func<Scene, Task> act) =>
        new(
            name,
            WayOut.Repair,
            Cause.HardwareFault,
            act,
            async s =>
            {
                var at = await Tested(s);
                (await Accept(s.Risk, at)).Refuses(409, "second_person_required");
                (await Accept(s.SecondRisk, at)).Expect(204);
            }
        )
        {
            Honest = "repaired, tested after the return, accepted by two people",
        };

    private static Task<Answer> Accept(TestPerson by, string at) =>
        by.Post($"{at}/acceptance", Reason);

    private static async Task NobodyAccepts(Scene s, string at)
    {
        foreach (var by in (TestPerson[])[s.Risk, s.SecondRisk])
        {
            (await Accept(by, at)).Refuses(409, "self_test_missing");
        }
    }

    /// <summary>At the repairer's and back, and not tested since.</summary>
    private static async Task<string> Returned(Scene s)
    {
        var repair = await ShopRepairs.Ask(s.Server, s.Terminal.Id, Part, s.LockId);
        var (admin, at) = (s.Server.Admin, $"/api/v1/repairs/{repair}");
        await ShopRepairs.Send(admin, at);
        (await admin.Post($"{at}/custody", ShopRepairs.Hand("shop", "repairer"))).Expect(204);
        (await admin.Post($"{at}/result", ShopRepairs.Done)).Expect(204);
        (await admin.Post($"{at}/custody", ShopRepairs.Hand("repairer", "shop"))).Expect(204);
        return at;
    }

    public static async Task<string> Tested(Scene s)
    {
        var at = await Returned(s);
        await s.Terminal.Report(ShopRepairs.Tested(s.Server.Clock.GetUtcNow()));
        return at;
    }
}
