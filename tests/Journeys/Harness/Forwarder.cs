using System.Net;
using System.Net.Sockets;

namespace Tillkeeper.Journeys.Harness;

/// <summary>A cable between agent and server that can be cut and joined again.</summary>
internal sealed class Forwarder : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Uri target;
    private readonly Task accepting;
    private CancellationTokenSource cut = new();
    private volatile bool joined = true;

    public Forwarder(string target)
    {
        this.target = new Uri(target);
        listener.Start();
        accepting = Accept();
    }

    public string Url => $"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    public void Cut()
    {
        joined = false;
        cut.Cancel();
    }

    public void Join()
    {
        cut = new CancellationTokenSource();
        joined = true;
    }

    public async ValueTask DisposeAsync()
    {
        Cut();
        listener.Stop();
        await accepting;
        cut.Dispose();
    }

    private async Task Accept()
    {
        while (true)
        {
            TcpClient client;
            try
            {
                client = await listener.AcceptTcpClientAsync();
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }
            _ = joined ? Carry(client, cut.Token) : Task.Run(client.Dispose);
        }
    }

    private async Task Carry(TcpClient client, CancellationToken stop)
    {
        using var near = client;
        using var far = new TcpClient();
        try
        {
            await far.ConnectAsync(target.Host, target.Port, stop);
            await Task.WhenAny(
                near.GetStream().CopyToAsync(far.GetStream(), stop),
                far.GetStream().CopyToAsync(near.GetStream(), stop)
            );
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            // Cut, or one end hung up: that is what a cable does.
        }
    }
}
