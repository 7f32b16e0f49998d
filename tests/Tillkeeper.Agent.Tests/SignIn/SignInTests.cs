using System.Net;
using Tillkeeper.Agent.Tests.World;

namespace Tillkeeper.Agent.Tests.SignIn;

public sealed class SignInTests
{
    [Fact]
    public async Task The_right_passcode_gives_a_session_that_status_knows()
    {
        await using var terminal = await TestTerminal.StartWithStaffAsync();

        var session = await terminal.SignInAsync("anna", "739402");

        var own = (await terminal.GetAsync("status", session)).Body.GetProperty("signedIn");
        Assert.Equal("anna", own.GetProperty("operator").GetString());
        Assert.Equal("cashier", own.GetProperty("role").GetString());
        var other = (await terminal.GetAsync("status")).Body.GetProperty("signedIn");
        Assert.Equal(System.Text.Json.JsonValueKind.Null, other.ValueKind);
    }

    [Fact]
    public async Task Wrong_passcodes_count_down_and_the_fifth_pauses_the_operator()
    {
        await using var terminal = await TestTerminal.StartWithStaffAsync();

        var remaining = new List<int>();
        for (var i = 0; i < 5; i++)
        {
            var wrong = await terminal.TryAsync("anna", "000000");
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.Status);
            remaining.Add(wrong.Remaining);
        }

        Assert.Equal([4, 3, 2, 1, 0], remaining);
        var refused = await terminal.TryAsync("anna", "739402");
        Assert.Equal(HttpStatusCode.Locked, refused.Status);
        Assert.Equal("locked", refused.Code);
        var pause = Assert.Single(refused.Locks);
        Assert.Equal("anna", pause.GetProperty("subject").GetProperty("operator").GetString());
        Assert.Equal(1800, pause.GetProperty("remainingSeconds").GetInt32());
    }

    [Fact]
    public async Task A_pause_ends_by_waiting_and_not_a_second_before()
    {
        await using var terminal = await TestTerminal.StartWithStaffAsync();
        await PauseAsync(terminal, "anna");

        terminal.Clock.Advance(TimeSpan.FromSeconds(1799));
        var early = await terminal.TryAsync("anna", "739402");
        terminal.Clock.Advance(TimeSpan.FromSeconds(1));
        var late = await terminal.TryAsync("anna", "739402");

        Assert.Equal(HttpStatusCode.Locked, early.Status);
        Assert.Equal(HttpStatusCode.OK, late.Status);
    }

    [Fact]
    public async Task Neither_the_wall_clock_nor_time_without_power_serves_a_pause()
    {
        await using var terminal = await TestTerminal.StartWithStaffAsync();
        await PauseAsync(terminal, "anna");
        terminal.Server.Offline = true;
        await terminal.StopAsync();

        terminal.Clock.Wall = terminal.Clock.Wall.AddYears(10);
        terminal.Clock.Reboot("boot-2");
        await terminal.RunAsync();

        var refused = await terminal.TryAsync("anna", "739402");
        Assert.Equal(HttpStatusCode.Locked, refused.Status);
        Assert.Equal(1800, refused.Locks[0].GetProperty("remainingSeconds").GetInt32());
    }

    [Fact]
    public async Task Signed_server_time_proves_the_time_without_power()
    {
        await using var terminal = await TestTerminal.StartWithStaffAsync();
        await Eventually.TrueAsync(() => terminal.Trusts, "signed time has come");
        await PauseAsync(terminal, "anna");
        await terminal.StopAsync();

        terminal.Server.Now = terminal.Server.Now.AddMinutes(31);
        terminal.Clock.Reboot("boot-2");
        await terminal.RunAsync();
        await Eventually.TrueAsync(() => terminal.Trusts, "signed time has come");

        Assert.Equal(HttpStatusCode.OK, (await terminal.TryAsync("anna", "739402")).Status);
    }

    [Fact]
    public async Task A_manager_who_signs_in_ends_a_cashiers_pause()
    {
        await using var terminal = await TestTerminal.StartWithStaffAsync();
        await PauseAsync(terminal, "anna");

        await terminal.SignInAsync("boss", "582931");

        Assert.Empty(await terminal.LocksAsync());
        Assert.Equal(HttpStatusCode.OK, (await terminal.TryAsync("anna", "739402")).Status);
    }

    [Fact]
    public async Task Signing_out_ends_the_session()
    {
        await using var terminal = await TestTerminal.StartWithStaffAsync();
        var session = await terminal.SignInAsync("boss", "582931");

        await terminal.ExpectAsync(
            HttpStatusCode.NoContent,
            terminal.PostAsync("sign-out", "{}", session)
        );

        var refused = await terminal.PostAsync("operators", "{}", session);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.Status);
    }

    [Fact]
    public async Task No_secret_stands_in_what_the_server_gets()
    {
        await using var terminal = await TestTerminal.StartWithStaffAsync();
        await terminal.TryAsync("anna", "424242");
        await Eventually.TrueAsync(
            () => terminal.Server.Events.Count == terminal.Till.Journal!.LastSeq,
            "everything is reported"
        );

        var told = string.Concat(terminal.Server.Events.Select(e => e.Data.GetRawText()));

        Assert.DoesNotContain("anna", told, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("739402", told, StringComparison.Ordinal);
        Assert.DoesNotContain("424242", told, StringComparison.Ordinal);
        Assert.DoesNotContain("verifier", told, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task PauseAsync(TestTerminal terminal, string name)
    {
        for (var i = 0; i < 5; i++)
        {
            await terminal.TryAsync(name, "000000");
        }
    }
}
