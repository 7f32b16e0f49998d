using System.Diagnostics;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Terminals.Door;

/// <summary>The same orders as a JSON long poll, for small firmware.</summary>
public sealed class LongPollTests(RunningServer server) : IClassFixture<RunningServer>
{
    private async Task<DoorTerminal> EnrolAsync() =>
        await DoorTerminal.Enrol(server, await Shop.NewMerchant(server, null));

    private Task<Answer> LockAsync(DoorTerminal terminal) =>
        server.Admin.Post(
            $"/api/v1/terminals/{terminal.Id}/locks",
            new { cause = "anomaly", reason = "test" }
        );

    [Fact]
    public async Task Orders_after_a_number_come_at_once()
    {
        using var terminal = await EnrolAsync();
        await LockAsync(terminal);
        await LockAsync(terminal);
        var watch = Stopwatch.StartNew();
        Assert.Equal([1, 2], (await terminal.Orders(0, "PT30S")).Select(o => o.Number));
        Assert.Equal([2], (await terminal.Orders(1, "PT30S")).Select(o => o.Number));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10));
        var none = (await terminal.Poll(2)).Expect(200).Json;
        Assert.Empty(none.GetProperty("orders").EnumerateArray());
        Assert.Equal(2, none.GetProperty("lastOrder").GetInt64());
    }

    [Fact]
    public async Task A_poll_that_waits_ends_early_on_an_order_and_on_nothing_else()
    {
        using var terminal = await EnrolAsync();
        var waiting = terminal.Orders(0, "PT30S");
        await terminal.Send(Line.Run(1));
        await Task.Delay(200);
        Assert.False(waiting.IsCompleted);
        await LockAsync(terminal);
        Assert.Single(await waiting.WaitAsync(TimeSpan.FromSeconds(15)));
    }

    [Fact]
    public async Task A_poll_that_waits_ends_when_its_time_is_over()
    {
        using var terminal = await EnrolAsync();
        var watch = Stopwatch.StartNew();
        Assert.Empty(await terminal.Orders(0, "PT0.5S"));
        Assert.True(watch.Elapsed >= TimeSpan.FromSeconds(0.4));
    }

    [Fact]
    public async Task A_poll_that_waits_ends_on_a_revocation()
    {
        using var terminal = await EnrolAsync();
        var waiting = terminal.Poll(0, "PT60S");
        await Task.Delay(100);
        await server.Admin.Post(
            $"/api/v1/terminals/{terminal.Id}/revoke",
            new { reason = "stolen" }
        );
        var answer = await waiting.WaitAsync(TimeSpan.FromSeconds(15));
        answer.Refuses(401, "terminal_revoked");
    }

    [Theory]
    [InlineData("30")]
    [InlineData("-PT5S")]
    [InlineData("tomorrow")]
    public async Task A_wait_that_is_no_duration_is_a_422(string wait)
    {
        using var terminal = await EnrolAsync();
        (await terminal.Poll(0, wait)).Refuses(422, "invalid", "wait");
    }
}
