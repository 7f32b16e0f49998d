using System.Globalization;
using Tillkeeper.Core.Campaigns;

namespace Tillkeeper.Agent.Tests.Updates;

/// <summary>The power goes at every single write to the journal during an update, just before it and just after.</summary>
public sealed class CutUpdateTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task Wherever_the_power_goes_what_runs_is_the_old_version_or_the_new_one(
        bool whenDurable,
        bool broken
    )
    {
        var disk = new CuttingDisk();
        await using var world = await UpdateWorld.StartAsync(disk);
        await world.UntilOverAsync(world.Order("1.0"));
        var (old, version, cuts) = ("1.0", 1, 0);
        for (var writes = 0; ; writes++)
        {
            Assert.InRange(writes, 0, 20);
            var next = string.Create(CultureInfo.InvariantCulture, $"{++version}.0");
            disk.CutAt(writes, whenDurable);
            var campaign = world.Order(next, broken ? "something else" : null);
            await World.Eventually.TrueAsync(
                () =>
                    disk.IsCut
                    || world.Update is { IsOver: true } u && u.Ordered.Campaign == campaign,
                "it is cut, or over"
            );
            var whole = !disk.IsCut;
            Assert.Contains(world.Runs, (string[])[old, broken ? "something else" : next]);
            if (!whole)
            {
                cuts++;
                await world.Terminal.StopAsync();
                disk.Heal();
                await world.Terminal.RunAsync();
                await world.UntilOverAsync(campaign);
            }
            disk.Heal();
            var update = world.Update!;
            Assert.Equal(broken ? UpdateStep.RolledBack : UpdateStep.Done, update.Step);
            old = broken ? old : next;
            Assert.Equal(old, world.Runs);
            Assert.Equal(
                new InstalledSoftware(old, world.CurrentSlot!),
                world.Terminal.Till.State.Software
            );
            Assert.Empty(await world.Terminal.LocksAsync());
            if (whole)
            {
                break;
            }
        }
        output.WriteLine($"{cuts} cuts");
        // Offered, downloading, downloaded, locking, installing, switching, checking, and one or two to the end.
        Assert.InRange(cuts, 8, 12);
    }
}
