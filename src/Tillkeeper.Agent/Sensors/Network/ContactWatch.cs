using Tillkeeper.Agent.Device;
using Tillkeeper.Agent.Link;
using Tillkeeper.Core.Device;

namespace Tillkeeper.Agent.Sensors.Network;

/// <summary>Keeps asking how long the server has not been reached (<c>offline_too_long</c>).</summary>
internal sealed class ContactWatch(Till till, LinkState link)
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(5);

    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Between);
        do
        {
            await LookAsync();
        } while (await timer.WaitForNextTickAsync(stop));
    }

    internal Task LookAsync() => till.AskAsync(new CheckContact(link.LastContact, NewId.Lock()));
}
