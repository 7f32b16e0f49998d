using System.Net;
using Tillkeeper.Journeys.Harness;

namespace Tillkeeper.Journeys;

/// <summary>R2, R8: the agent dies with SIGKILL in the middle of attempts and orders; no guess is gained, nothing acknowledged is lost.</summary>
public sealed class AgentKilledTests(ITestOutputHelper output)
{
    private const int Limit = 5;

    [Fact]
    public async Task Killed_during_attempts_and_orders_it_gains_no_guess_and_loses_nothing_it_answered()
    {
        await using var server = await RunningServer.Start();
        await using var agent = await RunningAgent.StartWithStaff(server);
        using var risk = await server.As("risk");
        var path = $"/api/v1/terminals/{agent.Terminal}";
        var (killedUnanswered, evaluated, remote) = (0, 0, "");

        for (var kill = 0; kill < KillPlan.Kills; kill++)
        {
            if (kill % 2 == 0)
            {
                // Guesses in flight when the power goes. Each one answered was counted; the unanswered one may have been.
                var guesses = Enumerable.Range(0, 3).Select(_ => Guess(agent)).ToArray();
                await Task.Delay(kill * 17 % 150);
                await agent.Program.Kill();
                var answers = await Task.WhenAll(guesses);
                evaluated += answers.Count(a => a == HttpStatusCode.Unauthorized);
                killedUnanswered += answers.Any(a => a is null) ? 1 : 0;
            }
            else
            {
                // An order on its way, by the link and by hand at once, when the power goes: it has its effect exactly once.
                remote =
                    remote.Length == 0 ? await Lock(risk, path) : await Release(risk, path, remote);
                var orders = (await risk.Get($"{path}/orders?format=jws")).Body.GetProperty(
                    "orders"
                );
                var carried = Enumerable.Range(0, 16).Select(_ => Carry(agent, orders)).ToArray();
                await Task.Delay(kill * 3 % 20);
                await agent.Program.Kill();
                killedUnanswered += (await Task.WhenAll(carried)).Any(a => a is null) ? 1 : 0;
            }
            await agent.StartReady();
            await SettleRemote(server, agent, path, remote);
            Assert.True(evaluated <= Limit, $"{evaluated} guesses were evaluated");
            if (evaluated == Limit || (await Paused(agent)))
            {
                await Unpause(server, agent);
                evaluated = 0;
            }
        }

        output.WriteLine(
            $"killed {KillPlan.Kills} times, {killedUnanswered} of them while a request was unanswered"
        );
        Assert.True(
            killedUnanswered >= KillPlan.Kills / 2,
            $"only {killedUnanswered} kills met an unanswered request"
        );
        var verified = await server.Admin.Get("/api/v1/audit/verify");
        Assert.True(verified.Body.GetProperty("ok").GetBoolean(), verified.Body.ToString());
    }

    /// <summary>What the server ordered and what the terminal shows come to the same, whatever was cut off.</summary>
    private static async Task SettleRemote(
        RunningServer server,
        RunningAgent agent,
        string path,
        string remote
    )
    {
        var wanted = remote.Length == 0 ? 0 : 1;
        await server.Admin.Until(
            path,
            a =>
                a.Locks.Count(l => l.GetProperty("cause").GetString() == "remote") == wanted
                && a.Body.GetProperty("pending").GetProperty("orders").GetInt32() == 0,
            seconds: 60
        );
        Assert.Equal(
            wanted,
            (await agent.Locks()).Count(l => l.GetProperty("cause").GetString() == "remote")
        );
    }

    private static async Task<HttpStatusCode?> Guess(RunningAgent agent)
    {
        try
        {
            return (await agent.SignIn("03", RunningAgent.Wrong)).Status;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private static async Task<HttpStatusCode?> Carry(
        RunningAgent agent,
        System.Text.Json.JsonElement orders
    )
    {
        try
        {
            return (await agent.Local.Post("/local/v1/orders", new { orders })).Status;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private static async Task<bool> Paused(RunningAgent agent) =>
        (await agent.Locks()).Any(l => l.GetProperty("cause").GetString() == "wrong_password");

    private static async Task<string> Lock(HttpClient risk, string path) =>
        (await risk.Post($"{path}/locks", new { cause = "remote", reason = "drill" }))
            .Expect(HttpStatusCode.Accepted)
            .Text("lockId");

    private static async Task<string> Release(HttpClient risk, string path, string lockId)
    {
        (await risk.Post($"{path}/locks/{lockId}/release", new { reason = "drill over" })).Expect(
            HttpStatusCode.Accepted
        );
        return "";
    }

    /// <summary>A reset for the paused operator, so that the next guesses meet a fresh counter.</summary>
    private static async Task Unpause(RunningServer server, RunningAgent agent)
    {
        var paused = (await agent.Locks()).First(l =>
            l.GetProperty("cause").GetString() == "wrong_password"
        );
        var lockId = paused.GetProperty("id").GetString();
        await server.Admin.Until(
            $"/api/v1/terminals/{agent.Terminal}",
            a => a.Locks.Any(l => l.GetProperty("id").GetString() == lockId),
            seconds: 60
        );
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
        await agent.Local.Until(
            "/local/v1/status",
            a => a.Locks.All(l => l.GetProperty("id").GetString() != lockId),
            seconds: 60
        );
        (await agent.SetPasscode("03", $"{Random.Shared.Next(200000, 899999)}")).Expect(
            HttpStatusCode.NoContent
        );
    }
}
