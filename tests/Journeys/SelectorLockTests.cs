using Tillkeeper.Core.Locks;
using Tillkeeper.Fleet.Load;
using Tillkeeper.Journeys.Harness;

namespace Tillkeeper.Journeys;

/// <summary>C7 for many: one order by selector, verified, applied and confirmed by every terminal.</summary>
public sealed class SelectorLockTests(ITestOutputHelper output)
{
    private const int Terminals = 300;

    [Fact]
    public async Task A_lock_by_selector_is_confirmed_by_every_terminal_of_a_connected_fleet()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var server = await RunningServer.Start();
        using var doors = await Fleets.DoorsOf(server);
        await using var fleet = await Fleets.Connected(doors, Terminals, stop);

        var times = await SelectorLock.Order(doors, fleet, stop);

        output.WriteLine($"{times.Terminals} confirmed after {times.All.TotalSeconds:0.00} s");
        Assert.All(
            fleet.Terminals,
            terminal => Assert.Equal(Cause.Remote, Assert.Single(terminal.State.ActiveLocks).Cause)
        );
    }
}
