using System.Net;
using Tillkeeper.Agent.Tests.World;
using Tillkeeper.Core.Policies;

namespace Tillkeeper.Agent.Tests.SignIn;

/// <summary>C8: the cashier's own lock, by key and by idle time.</summary>
public sealed class AwayTests
{
    [Fact]
    public async Task The_key_locks_the_till_ends_the_session_and_anybodys_sign_in_opens_it()
    {
        await using var terminal = await TestTerminal.StartWithStaffAsync();
        var session = await terminal.SignInAsync("boss", "582931");

        await terminal.ExpectAsync(HttpStatusCode.NoContent, terminal.PostAsync("away"));

        Assert.False(await terminal.AllowsAsync());
        Assert.True(await terminal.AllowsAsync("sign_in"));
        Assert.True(await terminal.AllowsAsync("manual_ledger"));
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            (await terminal.PostAsync("operators", "{}", session)).Status
        );
        await terminal.SignInAsync("anna", "739402");
        Assert.True(await terminal.AllowsAsync());
    }

    [Fact]
    public async Task Nobody_locks_out_a_till_that_nobody_could_open_again()
    {
        await using var terminal = await TestTerminal.StartAsync();

        var refused = await terminal.PostAsync("away");

        Assert.Equal((HttpStatusCode.Conflict, "not_set_up"), (refused.Status, refused.Code));
    }

    [Fact]
    public async Task A_till_that_nobody_touches_locks_after_the_policys_time()
    {
        await using var terminal = await TestTerminal.StartWithStaffAsync();
        await terminal.SignInAsync("anna", "739402");

        terminal.Clock.Advance(TimeSpan.FromSeconds(899));
        await terminal.GetAsync("status");
        await terminal.RoundAsync();
        var before = await terminal.AllowsAsync();
        terminal.Clock.Advance(TimeSpan.FromSeconds(1));
        await terminal.RoundAsync();

        Assert.True(before);
        var away = Assert.Single(await terminal.LocksAsync());
        Assert.Equal("away", away.GetProperty("cause").GetString());
    }

    [Fact]
    public async Task A_touch_or_a_running_transaction_keeps_it_open()
    {
        await using var terminal = await TestTerminal.StartWithStaffAsync();
        await terminal.SignInAsync("anna", "739402");

        terminal.Clock.Advance(TimeSpan.FromMinutes(14));
        await terminal.PostAsync("touch");
        terminal.Clock.Advance(TimeSpan.FromMinutes(14));
        await terminal.RoundAsync();
        Assert.True(await terminal.AllowsAsync());

        await terminal.PostAsync("transactions", """{"capability":"card_payment"}""");
        terminal.Clock.Advance(TimeSpan.FromMinutes(15));
        await terminal.RoundAsync();
        Assert.True(await terminal.AllowsAsync());
    }

    [Fact]
    public async Task What_programs_of_the_machine_send_by_themselves_does_not()
    {
        await using var terminal = await TestTerminal.StartWithStaffAsync();
        await terminal.SignInAsync("anna", "739402");

        terminal.Clock.Advance(TimeSpan.FromMinutes(14));
        await terminal.PostAsync("parts/printer", """{"part":"printer","status":"ok"}""");
        terminal.Clock.Advance(TimeSpan.FromMinutes(1));
        await terminal.RoundAsync();

        Assert.Equal(
            "away",
            Assert.Single(await terminal.LocksAsync()).GetProperty("cause").GetString()
        );
    }

    [Fact]
    public async Task With_nobody_signed_in_there_is_nothing_to_lock()
    {
        await using var terminal = await TestTerminal.StartAsync();
        await terminal.PostAsync("setup", """{"operator":"boss","passcode":"582931"}""");

        terminal.Clock.Advance(TimeSpan.FromHours(2));
        await terminal.RoundAsync();

        Assert.Empty(await terminal.LocksAsync());
    }

    [Fact]
    public async Task Zero_switches_it_off()
    {
        await using var server = await TestServer.StartAsync(
            new Policy
            {
                Passcode = new PasscodeRule { Iterations = 10 },
                Away = new AwayRule { IdleAfter = TimeSpan.Zero },
            }
        );
        await using var terminal = await TestTerminal.StartWithStaffAsync(server);
        await terminal.SignInAsync("anna", "739402");

        terminal.Clock.Advance(TimeSpan.FromDays(1));
        await terminal.RoundAsync();

        Assert.Empty(await terminal.LocksAsync());
    }
}
