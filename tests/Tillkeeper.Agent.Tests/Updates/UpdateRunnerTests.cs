using Microsoft.Extensions.DependencyInjection;
using Tillkeeper.Agent.Updates;
using Tillkeeper.Core.Campaigns;
using Tillkeeper.Core.Device;
using Tillkeeper.Core.Locks;

namespace Tillkeeper.Agent.Tests.Updates;

public sealed class UpdateRunnerTests
{
    [Fact]
    public async Task Sales_that_are_not_settled_keep_an_update_until_the_batch_is_closed()
    {
        await using var world = await UpdateWorld.StartAsync();
        await Sell(world, Capability.CardPayment);
        var campaign = world.Order("1.0");
        await world.UntilAsync(
            campaign,
            u => u is { Step: UpdateStep.Waiting, Code: UpdateGate.Batch },
            "it waits for the batch"
        );
        Assert.Empty(await world.Terminal.LocksAsync());
        Assert.Equal(0, world.Installs);

        await Sell(world, Capability.BatchClose);
        await world.UntilOverAsync(campaign);
        Assert.Equal(("1.0", UpdateStep.Done), (world.Runs, world.Update!.Step));
    }

    [Fact]
    public async Task An_artifact_that_changed_on_the_disk_after_it_was_verified_is_not_installed()
    {
        await using var world = await UpdateWorld.StartAsync();
        await Sell(world, Capability.QrPayment);
        var campaign = world.Order("1.0");
        await world.UntilAsync(campaign, u => u.Step == UpdateStep.Waiting, "it waits");
        var file = Assert.Single(
            Directory.GetFiles(Path.Combine(world.Terminal.Folder, "downloads"))
        );
        await File.WriteAllTextAsync(file, "9.9");

        await Sell(world, Capability.BatchClose);
        // The test's server has no artifacts: it cannot be had again.
        await world.UntilOverAsync(campaign);
        Assert.Equal(UpdateStep.Failed, world.Update!.Step);
        Assert.Equal((0, null), (world.Installs, world.Runs));
        Assert.Empty(await world.Terminal.LocksAsync());
    }

    [Fact]
    public async Task A_version_that_was_there_from_the_factory_is_known_and_not_overrun_by_an_older_one()
    {
        await using var world = await UpdateWorld.StartAsync();
        await world.UntilOverAsync(world.Order("2.0"));
        await world.Terminal.RestartAsync();
        Assert.Equal("2.0", world.Terminal.Till.State.Software!.Version);
        world.Order("1.9");
        await World.Eventually.TrueAsync(
            () => world.Terminal.Till.State.LastOrder == 2,
            "the older one has had its turn"
        );
        Assert.Equal("2.0", world.Runs);
        Assert.Equal("2.0", world.Update!.Ordered.Artifact.Version);
    }

    [Fact]
    public async Task A_disk_that_refuses_does_not_keep_the_shop_closed()
    {
        await using var world = await UpdateWorld.StartAsync();
        world.SpoilTheDisk();
        var campaign = world.Order("1.0");
        await world.UntilOverAsync(campaign);
        Assert.Equal((UpdateStep.Failed, "disk_failed"), (world.Update!.Step, world.Update.Code));
        Assert.Empty(await world.Terminal.LocksAsync());
    }

    [Fact]
    public async Task A_missed_end_is_revised_and_progress_is_what_the_installer_says()
    {
        await using var world = await UpdateWorld.StartAsync();
        var till = world.Terminal.Till;
        var slots = new Slots(Path.Combine(world.Terminal.Folder, "elsewhere"));
        Directory.CreateDirectory(Path.GetDirectoryName(slots.Progress)!);
        world.Terminal.Services.GetRequiredService<Transactions.OpenTransactions>().Begin(Capability.QrPayment);
        var campaign = world.Order("1.0");
        await world.UntilAsync(campaign, u => u.Step == UpdateStep.Downloaded, "it is here");
        await till.AskAsync(
            new StepUpdate(campaign, UpdateHappening.Cleared, NewLockId: "T000000001")
        );
        var forecast = world.Terminal.Services.GetRequiredService<UpdateForecast>();
        var shown = till.State.Locks["T000000001"].Lock;

        await File.WriteAllTextAsync(slots.Progress, "60\n");
        await forecast.LookAsync(slots);
        Assert.Equal(60, till.State.Locks["T000000001"].Lock.Progress);
        Assert.Equal(shown.ExpectedEnd, till.State.Locks["T000000001"].Lock.ExpectedEnd);

        world.Terminal.Clock.Advance(TimeSpan.FromSeconds(150));
        await forecast.LookAsync(slots);
        var revised = till.State.Locks["T000000001"].Lock;
        // Two minutes were told, two and a half have passed: one more from now.
        Assert.Equal(shown.ExpectedEnd!.Value.AddSeconds(90), revised.ExpectedEnd!.Value);
    }

    private static Task Sell(UpdateWorld world, Capability capability) =>
        world.Terminal.Till.AskAsync(new EndSale(capability, SaleOutcome.Approved));
}
