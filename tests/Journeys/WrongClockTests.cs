using System.Net;
using Tillkeeper.Journeys.Harness;

namespace Tillkeeper.Journeys;

/// <summary>
/// R9: the terminal's wall clock is set ten years back and forth, or is dead. A wait never ends early for it, and a genuine release
/// still works.
/// </summary>
public sealed class WrongClockTests
{
    private static readonly string[] Clocks =
    [
        "-10y",
        "+10y",
        "@1970-01-01 00:00:10",
        "@2036-12-31 23:00:00",
    ];

    [Fact]
    public async Task No_clock_ends_a_wait_early_and_under_every_clock_a_genuine_release_works()
    {
        await using var server = await RunningServer.Start();
        await using var agent = await RunningAgent.StartWithStaff(server);
        var lockId = await agent.LockOut("03");
        var secondsLeft = await Left(agent, lockId);

        foreach (var clock in Clocks)
        {
            await agent.Program.Kill();
            WearClock(agent, clock);
            await agent.StartAgain();
            await agent.Local.Until("/local/v1/status", a => a.Status == HttpStatusCode.OK);
            Assert.DoesNotContain(
                agent.Program.Lines,
                l => l.StartsWith($"{DateTime.UtcNow.Year}-", StringComparison.Ordinal)
            );
            var now = await Left(agent, lockId);
            // The test took seconds, the clock jumped years: the wait has lost what the test took and no more.
            Assert.InRange(now, secondsLeft - 240, secondsLeft);
            (await agent.SignIn("03", RunningAgent.CashierPasscode)).Expect(HttpStatusCode.Locked);
            await RemoteLockGoesUpAndComesDown(server, agent);
        }

        await Shops.ApprovedCase(
            server,
            new
            {
                terminalId = agent.Terminal,
                lockId,
                wayOut = "password_reset",
                applicant = Shops.Applicant,
            }
        );
        await agent.Local.Until("/local/v1/status", a => a.Locks.Length == 0);
        (await agent.SetPasscode("03", "918273")).Expect(HttpStatusCode.NoContent);
        (await agent.SignIn("03", "918273")).Expect(HttpStatusCode.OK);
    }

    private static async Task RemoteLockGoesUpAndComesDown(RunningServer server, RunningAgent agent)
    {
        var path = $"/api/v1/terminals/{agent.Terminal}";
        var remote = (
            await server.Admin.Post($"{path}/locks", new { cause = "remote", reason = "drill" })
        )
            .Expect(HttpStatusCode.Accepted)
            .Text("lockId");
        await agent.Local.Until("/local/v1/status", a => a.Locks.Length == 2, seconds: 60);
        (
            await server.Admin.Post($"{path}/locks/{remote}/release", new { reason = "drill over" })
        ).Expect(HttpStatusCode.Accepted);
        await agent.Local.Until("/local/v1/status", a => a.Locks.Length == 1, seconds: 60);
    }

    private static async Task<int> Left(RunningAgent agent, string lockId) =>
        (await agent.Locks())
            .Single(l => l.GetProperty("id").GetString() == lockId)
            .GetProperty("remainingSeconds")
            .GetInt32();

    /// <summary>libfaketime moves the wall clock of one process; monotonic clocks stay true, as on a real machine.</summary>
    private static void WearClock(RunningAgent agent, string clock)
    {
        const string Library = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1";
        Assert.True(File.Exists(Library), "libfaketime is missing: apt-get install faketime");
        agent.Environment["LD_PRELOAD"] = Library;
        agent.Environment["FAKETIME"] = clock;
        agent.Environment["FAKETIME_DONT_FAKE_MONOTONIC"] = "1";
        agent.Environment["DONT_FAKE_MONOTONIC"] = "1";
    }
}
