using System.Net;
using Tillkeeper.Journeys.Harness;

namespace Tillkeeper.Journeys;

/// <summary>C1 and C8: a cashier, a manager and one till.</summary>
public sealed class StaffTests
{
    [Fact]
    public async Task A_managers_sign_in_lets_a_paused_cashier_in_again_and_another_cashiers_does_not()
    {
        await using var server = await RunningServer.Start();
        await using var agent = await RunningAgent.StartWithStaff(server);
        await AddCashier(agent, "04", "602947");
        var lockId = await agent.LockOut("03");

        (await agent.SignIn("04", "602947")).Expect(HttpStatusCode.OK);
        (await agent.SignIn("03", RunningAgent.CashierPasscode)).Expect(HttpStatusCode.Locked);

        (await agent.SignIn("boss", RunningAgent.ManagerPasscode)).Expect(HttpStatusCode.OK);
        (await agent.SignIn("03", RunningAgent.CashierPasscode)).Expect(HttpStatusCode.OK);

        Assert.DoesNotContain(await agent.Locks(), l => l.GetProperty("id").GetString() == lockId);
        await server.Admin.Until(
            $"/api/v1/terminals/{agent.Terminal}/events?limit=200",
            a => a.Body.GetRawText().Contains("manager_sign_in", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task The_key_locks_the_till_and_whoever_signs_in_goes_on_with_the_right_of_their_role()
    {
        await using var server = await RunningServer.Start();
        await using var agent = await RunningAgent.StartWithStaff(server);
        var boss = (await agent.SignIn("boss", RunningAgent.ManagerPasscode)).Text("session");

        (await agent.Local.Post("/local/v1/away")).Expect(HttpStatusCode.NoContent);

        Assert.False(await agent.MaySell());
        Assert.Equal("E13", Assert.Single(await agent.Locks()).GetProperty("code").GetString());
        (await Hire(agent, "05", boss)).Expect(HttpStatusCode.Unauthorized);
        var cashier = (await agent.SignIn("03", RunningAgent.CashierPasscode))
            .Expect(HttpStatusCode.OK)
            .Text("session");
        Assert.True(await agent.MaySell());
        (await Hire(agent, "05", cashier)).Expect(HttpStatusCode.Forbidden);
    }

    private static Task<Answer> Hire(RunningAgent agent, string name, string session) =>
        agent.Local.Post(
            "/local/v1/operators",
            new { @operator = name, role = "cashier" },
            session
        );

    private static async Task AddCashier(RunningAgent agent, string name, string passcode)
    {
        var boss = (await agent.SignIn("boss", RunningAgent.ManagerPasscode))
            .Expect(HttpStatusCode.OK)
            .Text("session");
        (await Hire(agent, name, boss)).Expect(HttpStatusCode.Created);
        (await agent.SetPasscode(name, passcode)).Expect(HttpStatusCode.NoContent);
    }
}
