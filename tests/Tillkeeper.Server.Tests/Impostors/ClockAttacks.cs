using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Impostors;

/// <summary>Attacks on what ends by time or contact alone: clocks are turned, plugs are pulled, somebody orders it after all.</summary>
internal static class ClockAttacks
{
    private const long DayMs = 24 * 60 * 60 * 1000;

    public static IReadOnlyList<Attack> All { get; } =
    [
        Waiting(
            "the clock on the wall is turned a year ahead",
            s => s.Do(new Tick(), DateTimeOffset.UtcNow.AddYears(1))
        ),
        Waiting(
            "the plug is pulled, and the machine's clock begins elsewhere",
            async s =>
            {
                s.Clock = new DeviceTime("another boot", 300 * DayMs);
                await s.Do(new Start("1.0", TestTerminal.NewId()));
                await s.Do(new Tick());
            }
        ),
        Waiting(
            "risk orders the end of a pause that is not the provider's",
            async s =>
            {
                var path = $"{s.Path}/locks/{s.LockId}/release";
                (await s.Risk.Post(path, new { reason = "enough" })).Refuses(
                    409,
                    "way_out_not_available"
                );
            }
        ),
        new(
            "a contact of long ago is shown, and the clock on the wall set back to it",
            WayOut.Reconnect,
            Cause.OfflineTooLong,
            async s =>
            {
                var longAgo = DateTimeOffset.UtcNow.AddDays(-8);
                await s.Do(new CheckContact(null, TestTerminal.NewId()), longAgo);
                var contact = s.Clock with { Ms = Shop.Clock.Ms - 1 };
                await s.Do(new CheckContact(contact, TestTerminal.NewId()), longAgo);
                var path = $"{s.Path}/locks/{s.LockId}/release";
                (await s.Risk.Post(path, new { reason = "enough" })).Refuses(
                    409,
                    "way_out_not_available"
                );
            },
            s => s.Do(new CheckContact(s.Clock, TestTerminal.NewId()))
        )
        {
            Honest = "the server answers again",
            Policy = "offlineTooLong: {then: lock}",
            Begin = Silence,
        },
    ];

    private static Attack Waiting(string name, Func<Scene, Task> act) =>
        new(
            name,
            WayOut.Wait,
            Cause.WrongPassword,
            act,
            s =>
            {
                s.Clock = s.Clock with { Ms = s.Clock.Ms + DayMs };
                return s.Do(new Tick());
            }
        )
        {
            Honest = "a day passes on the clock of the machine",
        };

    private static async Task Silence(Scene s)
    {
        await s.Do(new Start("1.0", TestTerminal.NewId()));
        s.Clock = s.Clock with { Ms = s.Clock.Ms + 8 * DayMs };
        var id = TestTerminal.NewId();
        await s.Do(new CheckContact(null, id));
        s.Adopt(id);
    }
}
