using System.Diagnostics;
using System.Net.ServerSentEvents;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Console;

/// <summary><c>GET /live</c>: an open page hears within a second that what it shows has changed, and of nothing that is not its reader's.</summary>
public sealed class LiveTests(RunningServer server) : IClassFixture<RunningServer>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_change_is_told_within_a_second(bool ofEverything)
    {
        using var terminal = await DoorTerminal.Enrol(server, await NewMerchant("Followed"));
        var topic = ofEverything ? "*" : $"terminals/{terminal.Id}";
        using var response = await server.Admin.Client.GetAsync(
            $"/live?of={Uri.EscapeDataString(topic)}",
            HttpCompletionOption.ResponseHeadersRead
        );
        await using var events = SseParser
            .Create(await response.Content.ReadAsStreamAsync())
            .EnumerateAsync()
            .GetAsyncEnumerator();
        Assert.Equal("hello", await Next(events));

        var began = Stopwatch.GetTimestamp();
        var locked = await (await server.Locker()).Post(
            $"/api/v1/terminals/{terminal.Id}/locks",
            new { cause = "remote", reason = "test" }
        );
        locked.Expect(202);
        Assert.Equal("changed", await Next(events));
        // The promise is a second; what a busy machine adds is not the stream's.
        Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_stranger_to_a_shop_cannot_listen_to_it_and_a_shop_not_to_everything()
    {
        using var terminal = await DoorTerminal.Enrol(server, await NewMerchant("Heard"));
        var other = await server.Person("merchant", await NewMerchant("Curious"));
        (await other.Get($"/live?of=terminals/{terminal.Id}")).Refuses(404, "not_found");
        (await other.Get("/live?of=*")).Refuses(404, "not_found");
        (await other.Get("/live?of=passwords/1")).Refuses(404, "not_found");
        (await other.Get("/live?of=terminals/../keys")).Refuses(404, "not_found");
    }

    [Fact]
    public async Task A_page_follows_fifty_things_at_most()
    {
        var many = string.Join('&', Enumerable.Range(0, 51).Select(i => $"of=terminals/T{i}"));
        (await server.Admin.Get($"/live?{many}")).Refuses(422, "invalid", "of");
        (await server.Admin.Get("/live")).Refuses(422, "invalid", "of");
    }

    private Task<string> NewMerchant(string name) => Shop.NewMerchant(server, null, name);

    private static async Task<string> Next(IAsyncEnumerator<SseItem<string>> events)
    {
        do
        {
            Assert.True(await events.MoveNextAsync().AsTask().WaitAsync(Patience));
        } while (events.Current.EventType == "ping");
        return events.Current.EventType;
    }
}
