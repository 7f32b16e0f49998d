using System.Text.Json;
using Tillkeeper.Core.Device;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Terminals.Door;

/// <summary><c>GET /terminal/v1/orders</c> as server-sent events.</summary>
public sealed class OrderStreamTests(RunningServer server) : IClassFixture<RunningServer>
{
    private async Task<DoorTerminal> EnrolAsync() =>
        await DoorTerminal.Enrol(server, await Shop.NewMerchant(server, null));

    private async Task<string> LockAsync(DoorTerminal terminal) =>
        (
            await (await server.Locker()).Post(
                $"/api/v1/terminals/{terminal.Id}/locks",
                new { cause = "anomaly", reason = "test" }
            )
        )
            .Expect(202)
            .Text("lockId");

    [Fact]
    public async Task Hello_comes_first_and_at_once_over_http_2()
    {
        using var terminal = await EnrolAsync();
        await terminal.Report(new StateLost("test"));
        await using var stream = await terminal.Stream();
        Assert.Equal(2, stream.Version.Major);
        var hello = JsonDocument.Parse((await stream.Expect("hello")).Data).RootElement;
        Assert.Equal(terminal.Id, hello.GetProperty("terminal").GetString());
        Assert.Equal(1, hello.GetProperty("epoch").GetInt32());
        var acknowledged = hello.GetProperty("acknowledged");
        Assert.Equal(terminal.Last!.Seq, acknowledged.GetProperty("seq").GetInt64());
        Assert.Equal(terminal.Last.Hash, acknowledged.GetProperty("hash").GetString());
        Assert.Equal(0, hello.GetProperty("lastOrder").GetInt64());
    }

    [Fact]
    public async Task An_order_arrives_while_the_stream_is_open_signed_and_numbered()
    {
        using var terminal = await EnrolAsync();
        await using var stream = await terminal.Stream();
        await stream.Expect("hello");
        for (var number = 1; number <= 3; number++)
        {
            var lockId = await LockAsync(terminal);
            var item = await stream.Expect("order");
            var order = terminal.Open(item.Data);
            Assert.Equal($"{number}", item.EventId);
            Assert.Equal(
                (number, "lock", lockId, terminal.Id),
                (order.Number, order.Kind, order.LockId, order.Terminal)
            );
        }
    }

    [Fact]
    public async Task A_stream_resumes_after_the_last_event_id_without_a_gap_or_a_repeat()
    {
        using var terminal = await EnrolAsync();
        for (var i = 0; i < 70; i++)
        {
            await LockAsync(terminal);
        }
        foreach (
            var (last, first) in new[] { (null, 1L), ("0", 1L), ("68", 69L), ("nonsense", 1L) }
        )
        {
            await using var stream = await terminal.Stream(last);
            await stream.Expect("hello");
            for (var number = first; number <= 70; number++)
            {
                Assert.Equal($"{number}", (await stream.Expect("order")).EventId);
            }
        }
    }

    [Fact]
    public async Task Orders_given_while_streams_come_and_go_are_all_seen_once()
    {
        using var terminal = await EnrolAsync();
        using SemaphoreSlim ready = new(0);
        var ordering = Task.Run(async () =>
        {
            await ready.WaitAsync();
            for (var i = 0; i < 40; i++)
            {
                await LockAsync(terminal);
            }
        });
        long last = 0;
        while (last < 40)
        {
            await using var stream = await terminal.Stream($"{last}");
            await stream.Expect("hello");
            if (ready.CurrentCount == 0 && last == 0)
            {
                ready.Release();
            }
            for (var i = 0; i < 7 && last < 40; i++)
            {
                Assert.Equal($"{++last}", (await stream.Expect("order")).EventId);
            }
        }
        await ordering;
    }

    [Fact]
    public async Task A_terminal_is_online_while_its_stream_is_open()
    {
        using var terminal = await EnrolAsync();
        Assert.False(await OnlineAsync(terminal));
        await using var stream = await terminal.Stream();
        await stream.Expect("hello");
        Assert.True(await OnlineAsync(terminal));
    }

    [Fact]
    public async Task Revocation_ends_the_stream()
    {
        using var terminal = await EnrolAsync();
        await using var stream = await terminal.Stream();
        await stream.Expect("hello");
        await server.Admin.Post(
            $"/api/v1/terminals/{terminal.Id}/revoke",
            new { reason = "stolen" }
        );
        Assert.Null(await stream.Next());
        Assert.False(await OnlineAsync(terminal));
    }

    [Fact]
    public async Task A_new_epoch_ends_the_stream_of_the_old_one()
    {
        using var terminal = await EnrolAsync();
        await using var stream = await terminal.Stream();
        await stream.Expect("hello");
        using var twin = DoorTerminal.NewKey();
        var code = await server.Admin.Post(
            $"/api/v1/terminals/{terminal.Id}/enrolment-codes",
            new { }
        );
        var enrolled = await DoorTerminal.EnrolAt(
            server,
            code.Text("enrolmentCode"),
            DoorTerminal.Csr(twin)
        );
        enrolled.Expect(201);
        Assert.Null(await stream.Next());
    }

    [Fact]
    public async Task Nobody_sees_the_orders_of_another_terminal()
    {
        using var mine = await EnrolAsync();
        using var theirs = await EnrolAsync();
        await LockAsync(theirs);
        Assert.Empty(await mine.Orders());
        Assert.Single(await theirs.Orders());
    }

    private async Task<bool> OnlineAsync(DoorTerminal terminal) =>
        (await server.Admin.Get($"/api/v1/terminals/{terminal.Id}"))
            .Json.GetProperty("online")
            .GetBoolean();
}
