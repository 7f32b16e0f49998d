using System.Net;
using Tillkeeper.Agent.Tests.World;
using Tillkeeper.Core.Locks;
using Tillkeeper.Core.Orders;

namespace Tillkeeper.Agent.Tests.Identity;

/// <summary>W5: another terminal has its place; the identity goes, and what it recorded does not.</summary>
public sealed class WipingTests
{
    private const string A = "A0A0A0A0A0";

    [Fact]
    public async Task Told_to_wipe_it_reports_everything_first_and_then_is_nobody_for_good()
    {
        await using var terminal = await TestTerminal.StartWithStaffAsync();
        var identity = Path.Combine(terminal.Folder, "identity.json");
        terminal.Server.Offline = true;
        terminal.Server.Send(o => o.Locking(A, Cause.Binding));
        terminal.Server.Send(o => o with { Kind = OrderKind.Wipe });
        await Task.Delay(TimeSpan.FromMilliseconds(700));
        Assert.True(File.Exists(identity));

        terminal.Server.Offline = false;
        terminal.Server.CutStreams();
        await UntilReplacedAsync(terminal);

        Assert.False(File.Exists(identity));
        Assert.Contains(
            terminal.Server.Events,
            e => e.Type == "order.applied.v1" && e.Data.GetProperty("kind").GetString() == "wipe"
        );
        await terminal.StopAsync();
        await terminal.RunAsync(wait: false);
        await UntilReplacedAsync(terminal);
        Assert.Equal(1, terminal.Server.Enrolments);
    }

    [Fact]
    public async Task Brought_by_hand_it_is_locked_and_keeps_what_the_server_does_not_hold_yet()
    {
        await using var terminal = await TestTerminal.StartAsync();
        var server = terminal.Server;
        server.Offline = true;
        server.CutStreams();
        var byHand = new[]
        {
            server.Next(o => o.Locking(A, Cause.Binding)),
            server.Next(o => o with { Kind = OrderKind.Wipe }, ahead: 1),
        };
        await terminal.PostAsync("orders", $$"""{"orders":["{{byHand[0]}}","{{byHand[1]}}"]}""");
        await Task.Delay(TimeSpan.FromMilliseconds(1200));
        Assert.False(await terminal.AllowsAsync());
        Assert.True(File.Exists(Path.Combine(terminal.Folder, "identity.json")));

        // The server has taken the report, revoked it, and the answer was lost.
        server.Offline = false;
        server.Rejects = "terminal_revoked";
        await UntilReplacedAsync(terminal);
    }

    [Fact]
    public async Task A_wipe_that_a_power_cut_left_half_done_is_finished_at_the_next_start()
    {
        await using var terminal = await TestTerminal.StartAsync();
        await terminal.StopAsync();
        await File.WriteAllTextAsync(Path.Combine(terminal.Folder, "replaced"), "T0T0T0T0T0\n");

        await terminal.StopAsync();
        await terminal.RunAsync(wait: false);

        await UntilReplacedAsync(terminal);
        Assert.False(File.Exists(Path.Combine(terminal.Folder, "identity.json")));
    }

    private static Task UntilReplacedAsync(TestTerminal terminal) =>
        Eventually.TrueAsync(
            async () =>
                await terminal.GetAsync("status")
                    is { Status: HttpStatusCode.ServiceUnavailable, Code: "replaced" },
            "the identity is wiped"
        );
}
