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
    private long carried;
    private long cutAfter = long.MaxValue;

    public Forwarder(string target)
    {
        this.target = new Uri(target);
        listener.Start();
        accepting = Accept();
    }

    public string Url => $"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    /// <summary>Bytes that went from the server to the agent so far.</summary>
    public long Carried => Interlocked.Read(ref carried);

    /// <summary>Cuts itself once so many more bytes went down.</summary>
    public void CutAfter(long bytes) => Interlocked.Exchange(ref cutAfter, Carried + bytes);

    public void Cut()
    {
        joined = false;
        cut.Cancel();
    }

    public void Join()
    {
        Interlocked.Exchange(ref cutAfter, long.MaxValue);
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
                Down(far.GetStream(), near.GetStream(), stop)
            );
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            // Cut, or one end hung up: that is what a cable does.
        }
    }

    private async Task Down(NetworkStream from, NetworkStream to, CancellationToken stop)
    {
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await from.ReadAsync(buffer, stop)) > 0)
        {
            await to.WriteAsync(buffer.AsMemory(0, read), stop);
            if (Interlocked.Add(ref carried, read) > Interlocked.Read(ref cutAfter))
            {
                Cut();
            }
        }
    }
}
