using Tillkeeper.Journeys.Harness;

namespace Tillkeeper.Journeys.Updates;

/// <summary>C3: the power goes at every step of an update; what runs afterwards is the old version or the new one, whole.</summary>
public sealed class UpdateKilledTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Killed_at_every_step_it_ends_in_the_old_version_or_the_new_one_and_opens_only_then()
    {
        await using var server = await RunningServer.Start();
        using var software = new Software();
        await using var agent = await RunningAgent.Start(server, options: software.Options);
        using var fleet = await server.As("fleet");
        var began = Environment.TickCount64;
        var version = 1;

        // Where the installer and the health check can be held: the power goes exactly there.
        foreach (
            var point in (string[])
                ["install-start", "install-unpacked", "install-end", "check-start", "check-end"]
        )
        {
            var before = software.Runs();
            software.Hold(point);
            var times = software.Times(point);
            var campaign = await Rollouts.Offer(fleet, agent, $"{++version}.0", broken: false);
            await Rollouts.Until(() => software.Times(point) > times, point);
            await LockedForMaintenance(agent);
            await agent.Program.KillTree();
            AssertOldOrNew(software, before, $"{version}.0", point);
            software.Go(point);
            await agent.StartReady();
            await Rollouts.Until(fleet, campaign, "done");
            await Opened(server, agent);
            Assert.Equal($"{version}.0", software.Runs());
            output.WriteLine($"killed at {point}: went on to {version}.0");
        }

        // The agent's own steps are too short to be held: the power goes as soon as it tells of them.
        foreach (var step in (string[])["Downloading", "Locking", "Switching", "Checking"])
        {
            var before = software.Runs();
            var campaign = await Rollouts.Offer(fleet, agent, $"{++version}.0", broken: false);
            await KillWhenSaid(agent, campaign, step);
            AssertOldOrNew(software, before, $"{version}.0", step);
            await agent.StartReady();
            await Rollouts.Until(fleet, campaign, "done");
            await Opened(server, agent);
            Assert.Equal($"{version}.0", software.Runs());
            output.WriteLine($"killed at {step}: went on to {version}.0");
        }

        var good = software.Runs();
        foreach (var step in (string[])["RollingBack"])
        {
            var campaign = await Rollouts.Offer(fleet, agent, $"{++version}.0", broken: true);
            await KillWhenSaid(agent, campaign, step);
            AssertOldOrNew(software, good, $"{version}.0", step);
            await agent.StartReady();
            await Rollouts.Until(fleet, campaign, "rolled_back");
            await Opened(server, agent);
            Assert.Equal(good, software.Runs());
            output.WriteLine($"killed at {step}: went back to {good}");
        }
        Assert.True(software.Slots <= 2, $"{software.Slots} slots are left");
        output.WriteLine($"{Environment.TickCount64 - began} ms");
    }

    private static void AssertOldOrNew(
        Software software,
        string? before,
        string offered,
        string point
    )
    {
        var runs = software.Runs();
        Assert.True(runs == before || runs == offered, $"{point}: {runs} runs");
    }

    private static async Task LockedForMaintenance(RunningAgent agent)
    {
        var standing = Assert.Single(await agent.Locks());
        Assert.Equal("maintenance", standing.GetProperty("cause").GetString());
        Assert.Equal("terminal", standing.GetProperty("owner").GetString());
        Assert.False(await agent.MaySell());
    }

    /// <summary>Open at the terminal, and the server knows.</summary>
    private static async Task Opened(RunningServer server, RunningAgent agent)
    {
        await agent.Local.Until("/local/v1/status", a => a.Locks.Length == 0);
        await server.Admin.Until($"/api/v1/terminals/{agent.Terminal}", a => a.Locks.Length == 0);
    }

    /// <summary>The agent says a step once its journal holds it, and goes on: the power goes some instants later.</summary>
    private static async Task KillWhenSaid(RunningAgent agent, string campaign, string step)
    {
        await Rollouts.Until(
            () =>
                agent.Program.Lines.Any(l =>
                    l.Contains($"{campaign}: {step}", StringComparison.Ordinal)
                ),
            step,
            everyMs: 1
        );
        await agent.Program.KillTree();
    }
}
