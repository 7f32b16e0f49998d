using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Tillkeeper.Agent.Clock;
using Tillkeeper.Agent.Tests.World;
using Tillkeeper.Core.Device;

namespace Tillkeeper.Agent.Tests.Link;

/// <summary>A lost connection loses nothing, in either direction.</summary>
public sealed class LinkTests
{
    private const string A = "A0A0A0A0A0";

    [Fact]
    public async Task Everything_that_happens_is_reported_chained_and_in_order()
    {
        await using var terminal = await TestTerminal.StartWithStaffAsync();
        await terminal.TryAsync("anna", "000000");

        await ReportedAsync(terminal);

        var events = terminal.Server.Events;
        Assert.Equal(
            Enumerable.Range(1, events.Count).Select(n => (long)n),
            events.Select(e => e.Seq)
        );
        Assert.Equal(JournalChain.Genesis, events[0].Prev);
        Assert.Equal(terminal.Till.Journal!.LastHash, events[^1].Hash);
    }

    [Fact]
    public async Task The_stream_goes_on_after_the_last_order_that_had_its_turn()
    {
        await using var terminal = await TestTerminal.StartAsync();
        var server = terminal.Server;
        server.Send(o => o.Locking(A));
        await Eventually.TrueAsync(() => terminal.Till.State.LastOrder == 1, "the lock came");

        server.CutStreams();
        server.Send(o => o.Releasing(A));
        await Eventually.TrueAsync(() => terminal.Till.State.LastOrder == 2, "the release came");

        Assert.Equal([0L, 1L], server.StreamsFrom);
        Assert.True(await terminal.AllowsAsync());
    }

    [Fact]
    public async Task Forged_and_repeated_orders_on_the_stream_are_passed_over()
    {
        await using var stranger = await TestServer.StartAsync();
        await using var terminal = await TestTerminal.StartAsync();
        var server = terminal.Server;
        var genuine = server.Send(o => o.Locking(A));

        server.Push(stranger.Next(o => o.Releasing(A), ahead: 1));
        server.Push(genuine);
        // The stream's own numbers are past it; the order's number is what counts.
        server.Push(server.Next(o => o.Releasing(A) with { Number = 2 }));

        await Eventually.TrueAsync(() => terminal.Till.State.LastOrder == 2, "the release came");
        Assert.True(await terminal.AllowsAsync());
    }

    [Fact]
    public async Task A_gap_is_filled_from_where_the_server_says()
    {
        await using var terminal = await TestTerminal.StartWithStaffAsync();
        await ReportedAsync(terminal);
        var all = terminal.Server.Events;

        terminal.Server.ForgetEventsAfter(3);
        await terminal.TryAsync("anna", "000000");
        await ReportedAsync(terminal);

        Assert.Equal(all, terminal.Server.Events.Take(all.Count), SameHash);
    }

    [Fact]
    public async Task Events_that_are_gone_on_both_sides_are_not_asked_for_without_end()
    {
        await using var terminal = await TestTerminal.StartWithStaffAsync();
        await ReportedAsync(terminal);
        await terminal.StopAsync();
        File.Delete(terminal.JournalFile);
        await terminal.RunAsync();
        await Eventually.TrueAsync(() => !terminal.Till.IsLost, "it goes on");
        await ReportedAsync(terminal);

        terminal.Server.ForgetEventsAfter(1);
        var batches = terminal.Server.Batches;
        terminal.Server.CutStreams();
        await Eventually.TrueAsync(() => terminal.Server.Batches >= batches + 2, "it has tried");

        Assert.InRange(terminal.Server.Batches, batches + 2, batches + 4);
        Assert.False(await terminal.AllowsAsync());
    }

    [Fact]
    public async Task After_a_fork_the_terminal_goes_on_and_still_obeys()
    {
        await using var terminal = await TestTerminal.StartWithStaffAsync();
        await ReportedAsync(terminal);
        terminal.Server.Forked = true;
        var batches = terminal.Server.Batches;

        await terminal.SignInAsync("anna", "739402");
        await Eventually.TrueAsync(() => terminal.Server.Batches > batches, "the fork was told");
        terminal.Server.Send(o => o.Locking(A, Tillkeeper.Core.Locks.Cause.Binding));
        await Eventually.TrueAsync(() => terminal.Till.State.LastOrder == 1, "the lock came");

        Assert.Equal(HttpStatusCode.OK, (await terminal.GetAsync("status")).Status);
        Assert.False(await terminal.AllowsAsync());
        Assert.Equal(batches + 1, terminal.Server.Batches);
    }

    [Fact]
    public async Task Without_a_connection_the_till_works_and_reports_later()
    {
        await using var terminal = await TestTerminal.StartWithStaffAsync();
        await ReportedAsync(terminal);
        terminal.Server.Offline = true;
        terminal.Server.CutStreams();
        await Eventually.TrueAsync(
            async () => !(await OnlineAsync(terminal)),
            "the terminal knows that it is offline"
        );

        await terminal.SignInAsync("anna", "739402");
        Assert.True(await terminal.AllowsAsync());
        terminal.Server.Offline = false;

        await ReportedAsync(terminal);
        await Eventually.TrueAsync(async () => await OnlineAsync(terminal), "it is back");
    }

    [Fact]
    public async Task Signed_time_becomes_trusted_time_and_the_wall_clock_never_does()
    {
        await using var terminal = await TestTerminal.StartAsync();
        await Eventually.TrueAsync(() => terminal.Trusts, "signed time has come");

        terminal.Clock.Wall = terminal.Clock.Wall.AddYears(-50);
        terminal.Clock.Advance(TimeSpan.FromMinutes(10));

        var clock = terminal.Services.GetRequiredService<DeviceClock>();
        Assert.Equal(terminal.Server.Now.AddMinutes(10), clock.Trusted);
        Assert.Equal(terminal.Server.Now.AddMinutes(10), clock.Now.Shown);
    }

    private static bool SameHash(Reported one, Reported other) => one.Hash == other.Hash;

    private static async Task<bool> OnlineAsync(TestTerminal terminal) =>
        (await terminal.GetAsync("status")).Body.GetProperty("online").GetBoolean();

    private static Task ReportedAsync(TestTerminal terminal) =>
        Eventually.TrueAsync(
            () => terminal.Server.Events.Count == terminal.Till.Journal!.LastSeq,
            "everything is reported"
        );
}
