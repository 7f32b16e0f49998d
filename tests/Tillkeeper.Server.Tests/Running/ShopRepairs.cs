using Tillkeeper.Core.Device;
using Tillkeeper.Core.Device.Hardware;

namespace Tillkeeper.Server.Tests.Running;

/// <summary>Repairs of a shop: one just opened, one that waits for the second of two people, and one nobody needs any more.</summary>
internal sealed record ShopRepairs(string Open, string Returned, string Spare)
{
    public IEnumerable<string> Ids => [Open, Returned, Spare];

    public static async Task<ShopRepairs> Plan(RunningServer server, Shop shop)
    {
        var returned = await Ask(server, shop.Terminal.Id, "printer");
        await Return(server, shop.Terminal, returned);
        var first = await server.Person("risk");
        (
            await first.Post($"/api/v1/repairs/{returned}/acceptance", new { reason = "works" })
        ).Refuses(409, "second_person_required");
        return new ShopRepairs(
            await Ask(server, shop.Terminal.Id, "keypad"),
            returned,
            await Ask(server, shop.Terminal.Id, "display")
        );
    }

    public static async Task<string> Ask(
        RunningServer server,
        string terminalId,
        string part,
        string? lockId = null
    ) => (
            await server.Admin.Post(
                "/api/v1/repairs",
                new
                {
                    terminalId,
                    part,
                    fault = "does not work",
                    lockId,
                }
            )
        ).Expect(201).Text("id");

    /// <summary>Everything up to the self-test after the return.</summary>
    public static async Task Return(RunningServer server, DoorTerminal terminal, string repair)
    {
        var at = $"/api/v1/repairs/{repair}";
        await Send(server.Admin, at);
        (await server.Admin.Post($"{at}/custody", Hand("shop", "repairer"))).Expect(204);
        (await server.Admin.Post($"{at}/result", Done)).Expect(204);
        (await server.Admin.Post($"{at}/custody", Hand("repairer", "shop"))).Expect(204);
        await terminal.Report(Tested(server.Clock.GetUtcNow()));
    }

    public static async Task Send(TestPerson person, string at)
    {
        var sent = new { company = "Huaxin Repairs", repairer = "Zhao Lei" };
        (await person.Post($"{at}/dispatch", sent)).Expect(204);
        (await person.Post($"{at}/identity", new { proof = "employee_card" })).Expect(204);
    }

    public static object Hand(string from, string to) =>
        new
        {
            from,
            to,
            condition = "no scratches",
            seal = "B-17",
        };

    public static object Done { get; } = new
    {
        result = "repaired",
        work = "print head replaced",
        sealIntact = true,
        parts = new[]
        {
            new
            {
                part = "print_head",
                wearPart = true,
                dueOn = "2027-11-22",
            },
        },
    };

    public static SelfTestRan Tested(DateTimeOffset? trusted, PartStatus status = PartStatus.Ok) =>
        new([new TestedPart("printer", status)], new DeviceTime("boot", 1000, trusted));
}
