using System.Net;
using Tillkeeper.Journeys.Harness;

namespace Tillkeeper.Journeys;

/// <summary>B1: several locks stand side by side, and releasing one never touches another.</summary>
public sealed class TwoLocksTests
{
    [Fact]
    public async Task The_password_release_leaves_the_remote_lock_standing_and_everybody_says_so()
    {
        await using var server = await RunningServer.Start();
        await using var agent = await RunningAgent.StartWithStaff(server);
        var path = $"/api/v1/terminals/{agent.Terminal}";
        var passwordLock = await agent.LockOut("03");
        using var risk = await server.As("risk");
        var remoteLock = (
            await risk.Post(
                $"{path}/locks",
                new
                {
                    cause = "remote",
                    reason = "unusual amounts",
                    message = "Please call us.",
                }
            )
        ).Expect(HttpStatusCode.Accepted).Text("lockId");
        await server.Admin.Until(
            path,
            a =>
                a.Locks.Length == 2
                && a.Locks.All(l => l.GetProperty("status").GetString() == "confirmed")
        );
        Assert.Equal(
            [remoteLock, passwordLock],
            (await agent.Locks()).Select(l => l.GetProperty("id").GetString()!)
        );
        Assert.False(await agent.MaySell());

        var opened = await Shops.ApprovedCase(
            server,
            new
            {
                terminalId = agent.Terminal,
                lockId = passwordLock,
                wayOut = "password_reset",
                applicant = Shops.Applicant,
            }
        );

        var after = await server.Admin.Until(path, a => a.Locks.Length == 1);
        Assert.Equal(remoteLock, after.Locks[0].GetProperty("id").GetString());
        Assert.Equal("confirmed", after.Locks[0].GetProperty("status").GetString());
        Assert.Equal(remoteLock, Assert.Single(await agent.Locks()).GetProperty("id").GetString());
        Assert.False(await agent.MaySell());
        var verdict = await server.Admin.Get($"{path}/verdict?capability=card_payment");
        Assert.False(verdict.Body.GetProperty("allow").GetBoolean());

        // Other locks notwithstanding, the operator sets the new passcode now; signing in waits for the remote lock.
        (await agent.SetPasscode("03", "918273")).Expect(HttpStatusCode.NoContent);
        (await agent.SignIn("03", "918273")).Expect(HttpStatusCode.Locked);
        (
            await risk.Post(
                $"{path}/locks/{remoteLock}/release",
                new { reason = "amounts explained" }
            )
        ).Expect(HttpStatusCode.Accepted);
        await agent.Local.Until("/local/v1/status", a => a.Locks.Length == 0);
        Assert.True(await agent.MaySell());
        (await agent.SignIn("03", "918273")).Expect(HttpStatusCode.OK);
        await server.Admin.Until($"/api/v1/cases/{opened}", a => a.Text("state") == "closed");
    }
}
