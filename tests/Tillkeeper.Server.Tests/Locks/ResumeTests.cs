using Microsoft.Extensions.DependencyInjection;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;
using Tillkeeper.Server.Locks.Batches;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Terminals;
using Tillkeeper.Server.Tests.Pki;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Locks;

/// <summary>A batch is done as a whole, whatever happens to the server half-way, and undone as a whole by two people.</summary>
public sealed class ResumeTests
{
    private static readonly DateTimeOffset Morning = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);

    private static async Task<string[]> Register(
        RunningServer server,
        string merchant,
        int terminals
    )
    {
        List<string> made = [];
        for (var i = 0; i < terminals; i++)
        {
            using var terminal = await DoorTerminal.Register(server, merchant);
            made.Add(terminal.Id);
        }
        return [.. made];
    }

    /// <summary>Asks as the endpoint does, and dies before anybody goes on: only the first chunk is out.</summary>
    private static Task<AskedBatch> AskAndDie(
        RunningServer server,
        TestPerson by,
        TerminalSelector selector
    ) =>
        server
            .Services.GetRequiredService<Appender>()
            .Run(
                Act.Server,
                work =>
                {
                    var person = Keys.Find(work.Views, by.Id)!;
                    var batches = server.Services.GetRequiredService<LockBatches>();
                    var wanted = new BatchLock(
                        Cause.Remote,
                        LockTable.Of(Cause.Remote).Scope,
                        "because"
                    );
                    var (asked, refusal) = batches.Ask(
                        work,
                        person,
                        selector,
                        person.Place,
                        wanted,
                        null,
                        askSecond: false
                    );
                    Assert.Null(refusal);
                    return asked!;
                }
            );

    [Fact]
    public async Task A_batch_that_a_crash_left_half_ordered_is_taken_up_again()
    {
        FakeTime clock = new(Morning);
        await using var server = await RunningServer.StartAsync(clock);
        await server.Allow(500);
        var merchant = await Shop.NewMerchant(server, null);
        var terminals = await Register(server, merchant, 150);
        var risk = await server.Person("risk");

        var asked = await AskAndDie(server, risk, new TerminalSelector(MerchantId: merchant));

        var half = (await server.Admin.Get($"/api/v1/locks/batches/{asked.Id}")).Expect(200).Json;
        Assert.Equal("running", half.GetProperty("status").GetString());
        Assert.Equal(150, half.GetProperty("terminals").GetInt32());
        Assert.Equal(150, half.GetProperty("pending").GetInt32());
        Assert.Equal(
            BatchOrders.AtOnce,
            half.GetProperty("details").GetProperty("ordered").GetInt32()
        );

        clock.Now = Morning.AddSeconds(6);
        await server.Fire();

        var whole = await Batches.Until(server, asked.Id, "ordered");
        Assert.Equal(150, whole.GetProperty("details").GetProperty("ordered").GetInt32());
        foreach (var terminal in terminals)
        {
            var shown = await server.Admin.Get($"/api/v1/terminals/{terminal}");
            Assert.Equal(1, shown.Json.GetProperty("locks").GetArrayLength());
        }
    }

    [Fact]
    public async Task Two_people_undo_a_batch_as_a_whole_and_leave_every_other_lock_alone()
    {
        await using var server = await RunningServer.StartAsync();
        await server.Allow(500);
        var merchant = await Shop.NewMerchant(server, null);
        using var enrolled = await DoorTerminal.Enrol(server, merchant);
        string[] terminals = [enrolled.Id, .. await Register(server, merchant, 70)];
        var (one, other) = (await server.Person("risk"), await server.Person("risk"));
        var body = new
        {
            selector = new { merchantId = merchant },
            cause = "remote",
            reason = "because",
        };
        (
            await one.Post(
                $"/api/v1/terminals/{enrolled.Id}/locks",
                new { cause = "anomaly", reason = "another matter" }
            )
        ).Expect(202);
        var batch = (await one.Post("/api/v1/locks", body)).Expect(202).Text("batchId");
        await Batches.Until(server, batch, "ordered");
        await enrolled.ApplyAll();
        var path = $"/api/v1/locks/batches/{batch}/release";

        (await one.Post(path, new { reason = "" })).Refuses(422, "invalid", "reason");
        (await one.Post(path, new { reason = "a mistake" })).Refuses(409, "second_person_required");
        (await one.Post(path, new { reason = "a mistake" })).Refuses(409, "second_person_required");
        (await other.Post(path, new { reason = "indeed" })).Expect(202);

        var shown = await Batches.Until(server, batch, "released");
        Assert.Equal(71, shown.GetProperty("details").GetProperty("released").GetInt32());
        (await other.Post(path, new { reason = "again" })).Refuses(409, "already_releasing");
        var orders = await enrolled.Orders();
        Assert.Equal(
            ["lock", "lock", "release"],
            orders.Select(o => o.Kind).Where(k => k != "policy")
        );
        foreach (var terminal in terminals)
        {
            var left = (await server.Admin.Get($"/api/v1/terminals/{terminal}"))
                .Json.GetProperty("locks")
                .EnumerateArray()
                .Where(l => l.GetProperty("status").GetString() != "releasing")
                .ToArray();
            Assert.Equal(terminal == enrolled.Id ? 1 : 0, left.Length);
        }
    }

    [Fact]
    public async Task What_has_not_begun_is_cancelled_and_not_released()
    {
        await using var server = await RunningServer.StartAsync();
        var merchant = await Shop.NewMerchant(server, null);
        using var terminal = await DoorTerminal.Register(server, merchant);
        var body = new
        {
            cause = "remote",
            reason = "because",
            at = DateTimeOffset.UtcNow.AddDays(1),
        };
        var batch = (await server.Admin.Post($"/api/v1/terminals/{terminal.Id}/locks", body))
            .Expect(202)
            .Text("batchId");

        var answer = await server.Admin.Post(
            $"/api/v1/locks/batches/{batch}/release",
            new { reason = "because" }
        );

        answer.Refuses(409, "not_begun");
    }

    [Fact]
    public async Task A_lock_that_the_terminal_itself_refuses_has_failed_and_does_not_wait_for_ever()
    {
        await using var server = await RunningServer.StartAsync();
        var merchant = await Shop.NewMerchant(server, null);
        using var terminal = await DoorTerminal.Enrol(server, merchant);
        var body = new
        {
            selector = new { merchantId = merchant },
            cause = "remote",
            reason = "because",
        };
        var batch = (await server.Admin.Post("/api/v1/locks", body)).Expect(202).Text("batchId");
        var order = Assert.Single(await terminal.Orders());

        await terminal.Report(
            new OrderRefused(order.Number, order.Kind, "incomplete_order", order.LockId)
        );

        var shown = (await server.Admin.Get($"/api/v1/locks/batches/{batch}")).Expect(200).Json;
        Assert.Equal(
            (0, 1),
            (shown.GetProperty("pending").GetInt32(), shown.GetProperty("failed").GetInt32())
        );
    }
}
