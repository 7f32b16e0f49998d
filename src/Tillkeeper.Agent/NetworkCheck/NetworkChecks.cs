using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Tillkeeper.Agent.Clock;
using Tillkeeper.Agent.Device;
using Tillkeeper.Agent.Hosting;
using Tillkeeper.Agent.Link;
using Tillkeeper.Agent.Sensors.Network;
using Tillkeeper.Core.Device.NetworkChecks;
using Tillkeeper.Core.Rules.Networks;

namespace Tillkeeper.Agent.NetworkCheck;

/// <summary>Looks at the network from the inside out, now, because somebody asked (W6); what came of it is reported.</summary>
internal sealed class NetworkChecks(
    AgentOptions options,
    Till till,
    DeviceClock clock,
    IMachineClock machine,
    LinkReader links,
    LinkState link
) : IDisposable
{
    /// <summary>The screen waits for the whole answer.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(6);

    private static readonly TimeSpan WrongClock = TimeSpan.FromMinutes(5);
    private readonly SemaphoreSlim oneAtATime = new(1);

    public async Task<IReadOnlyList<CheckedStep>> RunAsync(CancellationToken stop)
    {
        await oneAtATime.WaitAsync(stop);
        try
        {
            var steps = await LookAsync(stop);
            if (!till.IsLost)
            {
                await till.AskAsync(new TellNetworkCheck(steps));
            }
            return steps;
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    public void Dispose() => oneAtATime.Dispose();

    private async Task<IReadOnlyList<CheckedStep>> LookAsync(CancellationToken stop)
    {
        var payment = NetworkWatch.PaymentHostOf(till.State.Policy.Network);
        var server = link.Online ? null : ReachAsync(options.Server, stop);
        var paid = payment is null ? null : ReachAsync(payment, stop);
        var name = NameToFind(options.Server, payment) is { } host ? FindAsync(host, stop) : null;
        var reached = server is null || await server;
        var paying = paid is null ? (bool?)null : await paid;
        var found = name is null ? (bool?)null : await name;
        // Read last: having just sent something, the kernel knows whether the next hop answers.
        var now = links.Read();
        return
        [
            new(NetworkStep.Address, Of(now.Kind != LinkKind.None && HasAddress())),
            new(NetworkStep.Gateway, Of(now.GatewayAnswers)),
            new(NetworkStep.Dns, Of(found)),
            new(NetworkStep.Server, Of(reached)),
            new(NetworkStep.PaymentHost, Of(paying)),
            new(NetworkStep.Clock, Of(IsClockRight())),
        ];
    }

    private static StepResult Of(bool? well) =>
        well switch
        {
            true => StepResult.Ok,
            false => StepResult.Failed,
            null => StepResult.Unknown,
        };

    private static async Task<bool> ReachAsync(Uri host, CancellationToken stop) =>
        (await Reaching.TryAsync(host.IdnHost, NetworkWatch.PortOf(host), Longest, stop)).Reached;

    /// <summary>The first host that is known by a name; null when all are addresses.</summary>
    private static string? NameToFind(params Uri?[] hosts) =>
        hosts
            .OfType<Uri>()
            .Where(h => h.HostNameType == UriHostNameType.Dns)
            .Select(h => h.IdnHost)
            .FirstOrDefault();

    private static async Task<bool> FindAsync(string name, CancellationToken stop)
    {
        using var watch = CancellationTokenSource.CreateLinkedTokenSource(stop);
        watch.CancelAfter(Longest);
        try
        {
            return (await Dns.GetHostAddressesAsync(name, watch.Token)).Length > 0;
        }
        catch (Exception e)
            when (e is SocketException
                || (e is OperationCanceledException && !stop.IsCancellationRequested)
            )
        {
            return false;
        }
    }

    /// <summary>One that leads somewhere: neither of this machine alone nor made up for want of another.</summary>
    private static bool HasAddress() =>
        NetworkInterface
            .GetAllNetworkInterfaces()
            .Where(i =>
                i.OperationalStatus is OperationalStatus.Up or OperationalStatus.Unknown
                && i.NetworkInterfaceType != NetworkInterfaceType.Loopback
            )
            .SelectMany(i => i.GetIPProperties().UnicastAddresses)
            .Select(a => a.Address)
            .Any(a => !a.IsIPv6LinkLocal && a.GetAddressBytes() is not [169, 254, _, _]);

    /// <summary>The machine's own clock against the time that the server signed; null before it has.</summary>
    private bool? IsClockRight() =>
        clock.Trusted is { } trusted ? (machine.Wall - trusted).Duration() < WrongClock : null;
}
