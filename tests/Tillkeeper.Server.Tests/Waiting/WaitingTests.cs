using System.Text.Json;
using Tillkeeper.Server.Tests.Pki;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Waiting;

/// <summary>W3: what was promised stays on record, what is known now is pushed.</summary>
public sealed class WaitingTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task A_missed_end_is_replaced_in_the_open_and_kept()
    {
        var time = new FakeTime(DateTimeOffset.UtcNow);
        await using var own = await RunningServer.StartAsync(time);
        using var terminal = await DoorTerminal.Enrol(own, await Shop.NewMerchant(own, null));
        var at = $"/api/v1/terminals/{terminal.Id}";
        var id = await Say(own, at, "started", time.Now.AddMinutes(10));
        time.Now += TimeSpan.FromMinutes(12);
        await Say(own, at, "progress", time.Now.AddMinutes(30), 40);

        var items = (await own.Admin.Get($"{at}/locks/{id}/estimates"))
            .Expect(200)
            .Json.GetProperty("items");
        Assert.Equal(2, items.GetArrayLength());
        Assert.True(items[0].GetProperty("missed").GetBoolean());
        Assert.False(items[1].GetProperty("missed").GetBoolean());
        Assert.Equal(40, items[1].GetProperty("progress").GetInt32());
        Assert.Equal("server", items[1].GetProperty("by").GetString());
        (await own.Admin.Get($"{at}/locks/0000000000/estimates")).Refuses(404, "not_found");
    }

    [Fact]
    public async Task Whoever_watches_hears_of_each_change_at_once()
    {
        using var terminal = await DoorTerminal.Enrol(server, await Shop.NewMerchant(server, null));
        var at = $"/api/v1/terminals/{terminal.Id}";
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var response = await server.Admin.Client.GetAsync(
            $"{at}/live",
            HttpCompletionOption.ResponseHeadersRead,
            limit.Token
        );
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        using var stream = new StreamReader(await response.Content.ReadAsStreamAsync(limit.Token));

        Assert.Equal(0, (await Next(stream, limit.Token)).GetArrayLength());
        await Say(server, at, "started", DateTimeOffset.UtcNow.AddMinutes(5));
        Assert.Equal(1, (await Next(stream, limit.Token)).GetArrayLength());
        await Say(server, at, "progress", DateTimeOffset.UtcNow.AddMinutes(9), 60);
        var locks = await Next(stream, limit.Token);
        Assert.Equal(60, locks[0].GetProperty("progress").GetInt32());
        (await server.Admin.Get($"{at}/live?for=soon")).Refuses(422, "invalid", "for");
    }

    private static async Task<JsonElement> Next(StreamReader stream, CancellationToken limit)
    {
        while (await stream.ReadLineAsync(limit) is { } line)
        {
            if (line.StartsWith("data: {\"online", StringComparison.Ordinal))
            {
                return JsonDocument.Parse(line[6..]).RootElement.GetProperty("locks");
            }
        }
        throw new InvalidOperationException("The stream ended.");
    }

    private static async Task<string> Say(
        RunningServer server,
        string at,
        string state,
        DateTimeOffset expectedEnd,
        int? progress = null
    ) => (
            await server.Admin.Post(
                $"{at}/maintenance",
                new
                {
                    source = "tms",
                    state,
                    expectedEnd,
                    progress,
                }
            )
        ).Expect(202).Text("lockId");
}
