using System.Net;
using System.Net.Sockets;
using System.Text;
using Tillkeeper.Agent.Tests.World;

namespace Tillkeeper.Agent.Tests.LocalApi;

/// <summary>A page from elsewhere reaches the same port; it is known by its Origin or its Host.</summary>
public sealed class LoopbackGuardTests(LoopbackGuardTests.OneTerminal shared)
    : IClassFixture<LoopbackGuardTests.OneTerminal>
{
    [Theory]
    [InlineData("Host: evil.example", false)]
    [InlineData("Host: 127.0.0.1.evil.example", false)]
    [InlineData("Host: 127.1", false)]
    [InlineData("Host: 2130706433", false)]
    [InlineData("Host: 127.0.0.2", false)]
    [InlineData("Host: localhost.evil.example:80", false)]
    [InlineData("Host: localhost", true)]
    [InlineData("Host: 127.0.0.1:9999", true)]
    [InlineData("Host: LOCALHOST:1", true)]
    [InlineData("Host: 127.0.0.1\r\nOrigin: http://evil.example", false)]
    [InlineData("Host: 127.0.0.1\r\nOrigin: null", false)]
    [InlineData("Host: 127.0.0.1\r\nOrigin: http://127.0.0.1.evil.example", false)]
    [InlineData("Host: 127.0.0.1\r\nOrigin: https://127.0.0.1", false)]
    [InlineData("Host: 127.0.0.1:80\r\nOrigin: http://127.0.0.1:81", false)]
    [InlineData("Host: 127.0.0.1:80\r\nOrigin: http://127.0.0.1:80", true)]
    [InlineData("Host: 127.0.0.1\r\nSec-Fetch-Site: cross-site", false)]
    [InlineData("Host: 127.0.0.1\r\nSec-Fetch-Site: same-origin", true)]
    public async Task Only_our_own_host_and_origin_are_answered(string headers, bool allowed)
    {
        var status = await RawAsync(shared.Terminal, $"GET /local/v1/status HTTP/1.1\r\n{headers}");

        Assert.Equal(allowed ? 200 : 403, status);
    }

    [Fact]
    public async Task A_foreign_page_cannot_press_the_lock_key_either()
    {
        var terminal = shared.Terminal;

        var status = await RawAsync(
            terminal,
            "POST /local/v1/away HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: http://evil.example\r\nContent-Length: 0"
        );

        Assert.Equal(403, status);
        Assert.Empty(await terminal.LocksAsync());
    }

    [Fact]
    public async Task A_request_without_a_host_gets_nowhere() =>
        Assert.Equal(400, await RawAsync(shared.Terminal, "GET /local/v1/status HTTP/1.1"));

    private static async Task<int> RawAsync(TestTerminal terminal, string request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, terminal.Http.BaseAddress!.Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request + "\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(stream, Encoding.ASCII);
        var line = await reader.ReadLineAsync();
        return int.Parse(line!.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>One for all of them: none of them may change anything.</summary>
    public sealed class OneTerminal : IAsyncLifetime
    {
        internal TestTerminal Terminal { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Terminal = await TestTerminal.StartAsync();

        public ValueTask DisposeAsync() => Terminal.DisposeAsync();
    }
}
