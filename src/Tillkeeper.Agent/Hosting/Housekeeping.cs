using Tillkeeper.Agent.Device;
using Tillkeeper.Agent.Orders;
using Tillkeeper.Agent.SignIn;
using Tillkeeper.Core.Device;

namespace Tillkeeper.Agent.Hosting;

/// <summary>What has to be looked at as time passes: waits that end, orders that waited long enough, a till left alone.</summary>
internal sealed class Housekeeping(Till till, OrderInbox inbox, AwayWatch away)
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1);

    /// <summary>A power cut costs a wait at most this much of what it has served.</summary>
    private const int BookEvery = 60;

    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Between);
        var rounds = 0;
        while (await timer.WaitForNextTickAsync(stop))
        {
            rounds = (rounds + 1) % BookEvery;
            await RoundAsync(book: rounds == 0);
        }
    }

    internal async Task RoundAsync(bool book)
    {
        await till.AskAsync(book ? new BookTime() : new Tick());
        await inbox.ApplyDueAsync();
        await away.LookAsync();
    }
}
