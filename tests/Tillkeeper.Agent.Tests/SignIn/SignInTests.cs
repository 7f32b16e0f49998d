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
}
