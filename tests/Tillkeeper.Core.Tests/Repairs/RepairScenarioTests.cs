using Tillkeeper.Core.Device;
using Tillkeeper.Core.Device.Hardware;
using Tillkeeper.Core.Repairs;

namespace Tillkeeper.Core.Tests.Repairs;

/// <summary>W5 as a table: each line is a repair's life in words, and how its last step is answered.</summary>
public sealed class RepairScenarioTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);

    private const string Repaired = "send see shop>repairer done repairer>shop";

    [Theory]
    [InlineData("send", null)]
    [InlineData("see", "not_dispatched")]
    [InlineData("shop>repairer", "identity_not_verified")]
    [InlineData("send shop>repairer", "identity_not_verified")]
    [InlineData("send see shop>repairer", null)]
    [InlineData("send see send shop>repairer", "identity_not_verified")]
    [InlineData("send see shop>repairer send", "with_repairer")]
    [InlineData("shop>courier courier>depot", null)]
    [InlineData("shop>courier shop>depot", "custody_gap")]
    [InlineData("shop>shop", "custody_gap")]
    [InlineData("send see done", "not_with_repairer")]
    [InlineData("send see shop>repairer done done", "already_finished")]
    [InlineData("send see shop>repairer done A", "not_returned")]
    [InlineData(Repaired + " A", "self_test_missing")]
    [InlineData(Repaired + " bad A", "self_test_missing")]
    [InlineData(Repaired + " early A", "self_test_missing")]
    [InlineData(Repaired + " unproven A", "self_test_missing")]
    [InlineData(Repaired + " nothing A", "self_test_missing")]
    [InlineData(Repaired + " well A", "second_person_required")]
    [InlineData(Repaired + " well A A", "second_person_required")]
    [InlineData(Repaired + " well A B", null)]
    [InlineData(Repaired + " well A bad B", "self_test_missing")]
    [InlineData(Repaired + " well A bad well B", "second_person_required")]
    [InlineData(Repaired + " well A shop>courier courier>shop B", "self_test_missing")]
    [InlineData(Repaired + " well A B shop>courier", "repair_closed")]
    [InlineData(Repaired + " well A tampered", "tamper_repair_required")]
    [InlineData("send see shop>repairer scrap A", "repair_closed")]
    [InlineData("send see shop>repairer scrap repairer>depot", null)]
    [InlineData("cancel", null)]
    [InlineData("cancel send", "repair_closed")]
    [InlineData("shop>courier cancel", "repair_under_way")]
    public void A_life_ends_as_the_table_says(string life, string? refusal)
    {
        var (state, now) = (Opened(), Start);
        string? last = "nothing happened";
        foreach (var step in life.Split(' '))
        {
            now += TimeSpan.FromMinutes(1);
            var decision = RepairDecisions.Decide(state, Command(step, now), now);
            state = decision.Events.Aggregate(state, RepairState.Apply);
            last = decision.Refusal?.Code;
        }
        Assert.Equal(refusal, last);
        Assert.Equal(
            life.StartsWith(Repaired + " well A B", StringComparison.Ordinal) ? ["A", "B"] : [],
            state.AcceptedBy
        );
    }

    [Fact]
    public void A_seal_that_was_broken_before_stays_broken_whatever_the_repairer_says()
    {
        var state = RepairState.Apply(RepairState.Empty, Opening with { SealIntact = false });
        foreach (var step in "send see shop>repairer done".Split(' '))
        {
            state = RepairDecisions
                .Decide(state, Command(step, Start), Start)
                .Events.Aggregate(state, RepairState.Apply);
        }
        Assert.Equal(WarrantyGround.SealBroken, state.Warranty!.Ground);
    }

    private static IRepairCommand Command(string step, DateTimeOffset now) =>
        step switch
        {
            "send" => new DispatchRepair(new RepairDispatched("C", "7P0000000A", "00", "A")),
            "see" => new IdentifyRepairer(RepairerProof.EmployeeCard, "A"),
            "done" => new FinishRepair(RepairResult.Repaired, "w", [], true, null, "A"),
            "scrap" => new FinishRepair(RepairResult.Unrepairable, "w", [], true, null, "A"),
            "well" => Test(now, PartStatus.Ok),
            "bad" => Test(now, PartStatus.Failed),
            "early" => Test(Start, PartStatus.Ok),
            "unproven" => Test(null, PartStatus.Ok),
            "nothing" => new ObserveSelfTest(new SelfTestRan([], new("b", 1, now))),
            "cancel" => new CancelRepair("A", "r"),
            "tampered" => new AcceptReturn("B", "r", true),
            "A" or "B" => new AcceptReturn(step, "r", false),
            _ => new HandOver(Place(step.Split('>')[0]), Place(step.Split('>')[1]), "c", "A"),
        };

    private static ObserveSelfTest Test(DateTimeOffset? at, PartStatus status) =>
        new(new SelfTestRan([new TestedPart("printer", status)], new DeviceTime("b", 1, at)));

    private static Holder Place(string word) => Enum.Parse<Holder>(word, ignoreCase: true);

    private static RepairOpened Opening { get; } =
        new("R", "T", "printer", "f", new WarrantyVerdict(WarrantyGround.NotOnRecord), "A", Start);

    private static RepairState Opened() => RepairState.Apply(RepairState.Empty, Opening);
}
