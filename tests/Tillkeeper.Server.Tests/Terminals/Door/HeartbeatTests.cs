using Tillkeeper.Core.Device;
using Tillkeeper.Core.Orders;
using Tillkeeper.Server.Tests.Isolation;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Terminals.Door;

/// <summary><c>POST /terminal/v1/heartbeat</c>: presence up, signed time down, nothing on the disk.</summary>
public sealed class HeartbeatTests(RunningServer server) : IClassFixture<RunningServer>
{
    private async Task<DoorTerminal> EnrolAsync() =>
        await DoorTerminal.Enrol(server, await Shop.NewMerchant(server, null));

    [Fact]
    public async Task The_time_is_signed_for_this_terminal_and_this_nonce_alone()
    {
        using var terminal = await EnrolAsync();
        using var other = await EnrolAsync();
        var before = DateTimeOffset.UtcNow.AddSeconds(-1);
        var answer = (await terminal.Heartbeat("nonce-1")).Expect(200);
        var now = answer.Text("now");
        var told = SignedTime.Open(now, terminal.OrderKeys, terminal.Id, "nonce-1");
        Assert.InRange(told!.Value, before, DateTimeOffset.UtcNow.AddSeconds(1));
        Assert.Null(SignedTime.Open(now, terminal.OrderKeys, terminal.Id, "nonce-2"));
        Assert.Null(SignedTime.Open(now, terminal.OrderKeys, other.Id, "nonce-1"));
    }

    [Fact]
    public async Task It_says_what_is_acknowledged_and_ordered_and_writes_nothing()
    {
        using var terminal = await EnrolAsync();
        await terminal.Report(new StateLost("x"));
        await server.Admin.Post(
            $"/api/v1/terminals/{terminal.Id}/locks",
            new { cause = "anomaly", reason = "test" }
        );
        var before = LogHeads.Of(server);
        var answer = (await terminal.Heartbeat()).Expect(200).Json;
        Assert.Equal(before, LogHeads.Of(server));
        Assert.Equal(1, answer.GetProperty("policyVersion").GetInt64());
        Assert.Equal(1, answer.GetProperty("lastOrder").GetInt64());
        var acknowledged = answer.GetProperty("acknowledged");
        Assert.Equal(
            (terminal.Last!.Seq, terminal.Last.Hash),
            (
                acknowledged.GetProperty("seq").GetInt64(),
                acknowledged.GetProperty("hash").GetString()
            )
        );
    }

    [Fact]
    public async Task A_terminal_that_beats_is_online()
    {
        using var terminal = await EnrolAsync();
        await terminal.Heartbeat();
        var shown = (await server.Admin.Get($"/api/v1/terminals/{terminal.Id}")).Json;
        Assert.True(shown.GetProperty("online").GetBoolean());
        Assert.InRange(
            shown.GetProperty("lastSeenAt").GetDateTimeOffset(),
            DateTimeOffset.UtcNow.AddMinutes(-1),
            DateTimeOffset.UtcNow.AddSeconds(1)
        );
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public async Task Without_a_nonce_there_is_no_time(string? nonce)
    {
        using var terminal = await EnrolAsync();
        (await terminal.Heartbeat(nonce)).Refuses(422, "invalid", "nonce");
    }
}
