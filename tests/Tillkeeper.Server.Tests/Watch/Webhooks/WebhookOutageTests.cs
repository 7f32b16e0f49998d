using Tillkeeper.Server.Tests.Running;
using Tillkeeper.Server.Tests.Runtime;

namespace Tillkeeper.Server.Tests.Watch.Webhooks;

/// <summary>Receivers that are not there, hang, lead elsewhere or take nothing.</summary>
public sealed class WebhookOutageTests
{
    [Fact]
    public async Task Nothing_is_lost_while_the_receiver_is_down_and_the_server_starts_again()
    {
        await using var server = await WebhookServer.StartAsync();
        await using var world = await WebhookWorld.OpenAsync(server);
        await world.SubscribeAsync();
        await world.Receiver.CloseAsync();
        for (var i = 0; i < 5; i++)
        {
            await world.LockAsync();
        }
        await server.RestartAsync();
        await Task.Delay(200);
        await world.Receiver.OpenAsync();
        var taken = await world.Receiver.WaitFor(5);
        Assert.Equal(5, taken.Select(letter => letter.Id).Distinct().Count());
        RebuildTests.Compare(server, "webhooks");
    }

    [Fact]
    public async Task A_receiver_that_hangs_keeps_no_other_waiting()
    {
        await using var server = await WebhookServer.StartAsync();
        await using var world = await WebhookWorld.OpenAsync(server);
        await using var other = await Receiver.StartAsync();
        world.Receiver.Answer = async context =>
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted)
                .ContinueWith(_ => 0, TaskScheduler.Default);
            return 200;
        };
        await world.SubscribeAsync();
        await world.SubscribeAsync(other.Url);
        await world.LockAsync();
        await other.WaitFor(1);
        Assert.Empty(world.Receiver.Taken);
    }

    [Fact]
    public async Task What_is_given_up_is_seen_alarmed_and_sent_again_on_request()
    {
        await using var server = await WebhookServer.StartAsync(4);
        await using var world = await WebhookWorld.OpenAsync(server);
        world.Receiver.Answer = _ => Task.FromResult(500);
        var (id, _) = await world.SubscribeAsync();
        await world.LockAsync();
        var dead = await world.EventuallyAsync(
            $"/api/v1/webhooks/{id}/dead-letters",
            list => list.GetProperty("items").GetArrayLength() == 1
        );
        var letter = dead.GetProperty("items")[0];
        Assert.Equal("answered 500", letter.GetProperty("problem").GetString());
        Assert.Equal(4, letter.GetProperty("attempts").GetInt32());
        var alerts = await server.Admin.Get("/api/v1/alerts?kind=webhook_failing&state=open");
        Assert.Single(alerts.Json.GetProperty("items").EnumerateArray());

        world.Receiver.Answer = _ => Task.FromResult(200);
        var again = await server.Admin.Post($"/api/v1/webhooks/{id}/redeliver", new { });
        Assert.Equal(1, again.Expect(202).Json.GetProperty("letters").GetInt32());
        await world.Receiver.WaitFor(1);
        await world.EventuallyAsync(
            "/api/v1/alerts?kind=webhook_failing&state=gone",
            list => list.GetProperty("items").GetArrayLength() == 1
        );
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var server = await WebhookServer.StartAsync(4);
        await using var world = await WebhookWorld.OpenAsync(server);
        await using var inside = await Receiver.StartAsync();
        world.Receiver.Answer = context =>
        {
            context.Response.Headers.Location = inside.Url;
            return Task.FromResult(307);
        };
        var (id, _) = await world.SubscribeAsync();
        await world.LockAsync();
        await world.EventuallyAsync(
            $"/api/v1/webhooks/{id}/dead-letters",
            list => list.GetProperty("items").GetArrayLength() == 1
        );
        Assert.Empty(inside.All);
    }
}
