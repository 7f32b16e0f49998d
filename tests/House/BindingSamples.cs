using Tillkeeper.Core.Bindings;
using Tillkeeper.Core.Terminals;

namespace Tillkeeper.House;

/// <summary>One event of each name of a change of bindings.</summary>
internal static class BindingSamples
{
    private const string Hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    private static readonly DateTimeOffset At = new(2026, 3, 1, 8, 30, 0, TimeSpan.Zero);

    public static IReadOnlyList<object> All { get; } =
    [
        new BindingChangeProposed(
            "7B0000000A",
            BindingChangeKind.Relocation,
            "7T00000001",
            [
                new Reregistration(
                    "acq-1",
                    "898110000000001",
                    "9144030071526726XG",
                    "****3321",
                    "7P0000000A",
                    Hash
                ),
            ],
            "person-1",
            "the shop moved",
            At,
            "7T00000002",
            new Location(31.2304, 121.4737, 200),
            ["203.0.113.0/24"],
            "7C0000000A",
            "7T0000000A"
        ),
        new RegistrationAcknowledged("UMS-2026-1122", "person-1", At),
        new BindingChangeApproved("person-2", "the lease is genuine"),
        new BindingChangeDone(["person-2", "person-3"], "the lease is genuine", At),
        new BindingChangeWithdrawn("person-1", "not needed"),
    ];
}
