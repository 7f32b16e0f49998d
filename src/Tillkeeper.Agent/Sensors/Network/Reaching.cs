using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Tillkeeper.Core.Rules.Networks;

namespace Tillkeeper.Agent.Sensors.Network;

/// <summary>Can a host be reached? One TCP connection, closed at once; nothing is sent.</summary>
internal static class Reaching
{
    private static readonly TimeSpan LongestLookup = TimeSpan.FromSeconds(5);

    /// <param name="limit">How long the connection may take; the name has its own limit before.</param>
    public static async Task<Reach> TryAsync(
        string host,
        int port,
        TimeSpan limit,
        CancellationToken stop
    )
    {
        if (await FindAsync(host, stop) is not { Length: > 0 } addresses)
        {
            return new Reach(false, NameFailed: true);
        }
        using var watch = CancellationTokenSource.CreateLinkedTokenSource(stop);
        watch.CancelAfter(limit);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        var began = Stopwatch.GetTimestamp();
        try
        {
            await socket.ConnectAsync(addresses, port, watch.Token);
            return new Reach(true, (int)Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
        catch (SocketException)
        {
            return new Reach(false);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new Reach(false);
        }
    }

    private static async Task<IPAddress[]?> FindAsync(string host, CancellationToken stop)
    {
        if (IPAddress.TryParse(host, out var literal))
        {
            return [literal];
        }
        using var watch = CancellationTokenSource.CreateLinkedTokenSource(stop);
        watch.CancelAfter(LongestLookup);
        try
        {
            return await Dns.GetHostAddressesAsync(host, watch.Token);
        }
        catch (Exception e)
            when (e is SocketException or ArgumentException
                || (e is OperationCanceledException && !stop.IsCancellationRequested)
            )
        {
            return null;
        }
    }
}
