using Tillkeeper.Core.Device;
using Tillkeeper.Core.Orders;
using Tillkeeper.Server.Tests.Locks;
using Tillkeeper.Server.Tests.Pki;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Versions;

/// <summary>C7: a program older than the provider allows warns at once, and leads to what the policy says only after a while.</summary>
public sealed class MinimumVersionTests
{
    private static readonly DateTimeOffset Morning = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);

    private sealed record World(FakeTime Clock, RunningServer Server, DoorTerminal Terminal)
        : IAsyncDisposable
    {
        public static async Task<World> Open(string minimum = "2.4.0", string then = "lock")
        {
            FakeTime clock = new(Morning);
            var server = await RunningServer.StartAsync(clock);
            var world = new World(
                clock,
                server,
                await DoorTerminal.Enrol(server, await Shop.NewMerchant(server, null))
            );
            await world.Demand(minimum, then);
            return world;
        }

        public async Task Demand(string minimum, string then = "lock") =>
            (
                await Server.Admin.PutJson(
                    "/api/v1/policies/provider",
                    new
                    {
                        document = $"minimumVersion:\n  version: {minimum}\n  then: {then}\n  grace: P30D\n",
                        reason = "a hole was found",
                    }
                )
            ).Expect(200);

        public Task Start(string version) =>
            Terminal.Report(new DeviceStarted(Shop.Clock, $"tillkeeper-agent {version}"));

        public async Task Pass(TimeSpan time)
        {
            Clock.Now += time;
            await Server.Fire();
        }

        public async Task<Order[]> LocksOrdered() =>
            [.. (await Terminal.Orders()).Where(o => o.Kind is "lock" or "release")];

        public async Task<int> Warnings() =>
            (await Terminal.Heartbeat()).Expect(200).Json.GetProperty("warnings").GetArrayLength();

        public async ValueTask DisposeAsync()
        {
            Terminal.Dispose();
            await Server.DisposeAsync();
        }
    }

    [Fact]
    public async Task Only_an_older_program_is_found_number_by_number()
    {
        await using var world = await World.Open();
        var merchant = await Shop.NewMerchant(world.Server, null);
        (string Version, int Warnings)[] told =
        [
            ("2.3.9", 1),
            ("2.4.0", 0),
            ("2.4", 0),
            ("2.10.0", 0),
            ("0.9", 1),
            ("unknown", 0),
        ];
        foreach (var (version, warnings) in told)
        {
            using var terminal = await DoorTerminal.Enrol(world.Server, merchant);
            var other = world with { Terminal = terminal };
            await other.Start(version);

            Assert.Equal(warnings, await other.Warnings());
            Assert.Empty(await other.LocksOrdered());
        }
    }

    [Fact]
    public async Task It_locks_when_the_time_to_update_is_over_and_says_what_it_saw()
    {
        await using var world = await World.Open();
        await world.Start("1.0.0");

        await world.Pass(TimeSpan.FromDays(30) - TimeSpan.FromSeconds(1));
        Assert.Empty(await world.LocksOrdered());
        await world.Pass(TimeSpan.FromSeconds(1));

        var order = Assert.Single(await world.LocksOrdered());
        var evidence = order.Lock!.Evidence!;
        Assert.Equal(Core.Rules.RuleName.MinimumVersion, evidence.Rule);
        Assert.Equal(("1.0.0", "2.4.0"), (evidence.Facts!["version"], evidence.Facts["minimum"]));
        Assert.Null(evidence.Reason);
    }

    [Fact]
    public async Task Updated_in_time_it_never_locks_and_updated_late_it_is_released_by_itself()
    {
        await using var world = await World.Open();
        await world.Start("1.0.0");
        await world.Pass(TimeSpan.FromDays(29));
        await world.Start("2.4.1");
        Assert.Equal(0, await world.Warnings());
        await world.Pass(TimeSpan.FromDays(30));
        Assert.Empty(await world.LocksOrdered());

        await world.Demand("3.0");
        await world.Start("2.4.1");
        await world.Pass(TimeSpan.FromDays(30));
        await world.Terminal.ApplyAll();
        await world.Start("3.0.0");

        Assert.Equal(["lock", "release"], (await world.LocksOrdered()).Select(o => o.Kind));
    }

    [Fact]
    public async Task Another_old_version_or_another_start_gains_no_time()
    {
        await using var world = await World.Open();
        await world.Start("1.0.0");
        await world.Pass(TimeSpan.FromDays(20));
        await world.Start("1.0.1");
        await world.Start("1.0.1");

        await world.Pass(TimeSpan.FromDays(10));

        Assert.Single(await world.LocksOrdered());
    }

    [Fact]
    public async Task Where_the_policy_warns_it_never_locks()
    {
        await using var world = await World.Open(then: "warn");
        await world.Start("1.0.0");

        await world.Pass(TimeSpan.FromDays(90));

        Assert.Empty(await world.LocksOrdered());
        Assert.Equal(1, await world.Warnings());
    }

    [Fact]
    public async Task A_terminal_that_runs_already_is_judged_when_it_has_taken_the_new_policy()
    {
        await using var world = await World.Open("0.1");
        await world.Start("1.0.0");
        Assert.Equal(0, await world.Warnings());
        await world.Demand("2.0");

        await world.Terminal.Report(new PolicyChanged(new Core.Policies.Policy { Version = 99 }));

        Assert.Equal(1, await world.Warnings());
    }
}
