using Tillkeeper.Core.Device.Hardware;
using Tillkeeper.Core.Repairs;

namespace Tillkeeper.House;

/// <summary>One event of each name of a repair.</summary>
internal static class RepairSamples
{
    private const string Hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    private static readonly DateTimeOffset At = new(2026, 3, 1, 8, 30, 0, TimeSpan.Zero);
    private static readonly TestedPart[] Well = [new("printer", PartStatus.Ok)];

    private static readonly WarrantyVerdict Covered = new(
        WarrantyGround.Covered,
        true,
        new DateOnly(2028, 1, 15)
    );

    public static IReadOnlyList<object> All { get; } =
    [
        new RepairOpened(
            "7R0000000A",
            "7T00000001",
            "printer",
            "prints white stripes",
            Covered,
            "person-1",
            At,
            "7T0000000A",
            "7C0000000A",
            true,
            new DiagnosisTaken("printer", ["no", "yes"]),
            [new TestedPart("printer", PartStatus.Failed, true)]
        ),
        new RepairDispatched("Huaxin Repairs", "7P0000000A", Hash, "person-1", At.AddDays(1)),
        new RepairerIdentified(RepairerProof.EmployeeCard, "person-2", At),
        new RepairHandedOver(Holder.Shop, Holder.Repairer, "no scratches", "person-2", At, "B-17"),
        new RepairFinished(
            RepairResult.Repaired,
            "print head replaced",
            [new PartReplaced("print_head", true, "PH-9", new DateOnly(2027, 3, 1))],
            Covered,
            "person-1",
            At
        ),
        new RepairSelfTested(true, Well, At),
        new ReturnAcceptRequested("person-1", "looks well"),
        new RepairAccepted(["person-1", "person-3"], "works"),
        new RepairCancelled("person-1", "the shop found the cable"),
    ];
}
