using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Tillkeeper.Journeys.Harness;

/// <summary>A network of its own inside this machine (ip-netns(8)). Making one takes root, or CAP_NET_ADMIN and CAP_SYS_ADMIN.</summary>
internal sealed partial class NetworkNamespace : IAsyncDisposable
{
    private const int NetworkKind = 0x40000000; // CLONE_NEWNET

    private NetworkNamespace(string name) => Name = name;

    public string Name { get; }

    public static async Task<NetworkNamespace> Make(string name)
    {
        var made = new NetworkNamespace($"tk{Environment.ProcessId}-{name}");
        await Run("ip", "netns", "add", made.Name);
        await made.Ip("link", "set", "lo", "up");
        return made;
    }

    /// <summary>Connects two of them with a cable.</summary>
    public static async Task Connect(
        (NetworkNamespace At, string Interface, string Address) one,
        (NetworkNamespace At, string Interface, string Address) other
    )
    {
        await one.At.Ip(
            "link",
            "add",
            one.Interface,
            "type",
            "veth",
            "peer",
            "name",
            other.Interface,
            "netns",
            other.At.Name
        );
        foreach (var (at, link, address) in new[] { one, other })
        {
            await at.Ip("addr", "add", address, "dev", link);
            await at.Ip("link", "set", link, "up");
        }
    }

    public Task Ip(params string[] arguments) => Run("ip", ["-n", Name, .. arguments]);

    public Task<string> Exec(params string[] command) =>
        Run("ip", ["netns", "exec", Name, .. command]);

    /// <summary>Does something inside; sockets that it makes stay there.</summary>
    public T Inside<T>(Func<T> act)
    {
        T? made = default;
        Exception? failed = null;
        var thread = new Thread(() =>
        {
            try
            {
                using var file = File.OpenHandle($"/run/netns/{Name}");
                Check(SetNs(file, NetworkKind) == 0, "setns");
                made = act();
            }
            catch (Exception e)
            {
                failed = e;
            }
        });
        thread.Start();
        thread.Join();
        return failed is null ? made! : throw new InvalidOperationException($"In {Name}.", failed);
    }

    /// <summary>Lets a client connect from inside; null leaves it outside.</summary>
    public static SocketsHttpHandler Handler(NetworkNamespace? network, SocketsHttpHandler handler)
    {
        if (network is not null)
        {
            handler.ConnectCallback = async (context, stop) =>
            {
                var socket = network.Inside(() =>
                    new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true }
                );
                await socket.ConnectAsync(context.DnsEndPoint, stop);
                return new NetworkStream(socket, ownsSocket: true);
            };
        }
        return handler;
    }

    /// <summary>Answers each connection with one byte.</summary>
    public TcpListener Serve(string address, int port)
    {
        var listener = Inside(() =>
        {
            var made = new TcpListener(IPAddress.Parse(address), port);
            made.Start();
            return made;
        });
        _ = Task.Run(async () =>
        {
            try
            {
                while (true)
                {
                    using var client = await listener.AcceptSocketAsync();
                    await client.SendAsync(new byte[] { 42 });
                }
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                Debug.WriteLine("No longer served.");
            }
        });
        return listener;
    }

    /// <summary>Does an answer come back over TCP within a second?</summary>
    public async Task<bool> Reaches(string address, int port)
    {
        using var socket = Inside(() =>
            new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        );
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        try
        {
            await socket.ConnectAsync(IPAddress.Parse(address), port, limit.Token);
            var answer = new byte[1];
            return await socket.ReceiveAsync(answer, limit.Token) == 1 && answer[0] == 42;
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync() => await Run("ip", "netns", "del", Name);

    private static async Task<string> Run(string file, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(file, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var output = await process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Check(process.ExitCode == 0, $"{file} {string.Join(' ', arguments)}: {errors}");
        return output;
    }

    private static void Check(bool fine, string what)
    {
        if (!fine)
        {
            throw new InvalidOperationException(what);
        }
    }

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetNs(Microsoft.Win32.SafeHandles.SafeFileHandle file, int kind);
}
