using System.Globalization;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Tillkeeper.Agent.Clock;
using Tillkeeper.Agent.Device;
using Tillkeeper.Agent.Orders;

namespace Tillkeeper.Agent.Link;

/// <summary>
/// The downlink: one stream of server-sent events, resumed after the last order that took its turn. A stream that says nothing for a
/// minute is dead, whatever the network claims.
/// </summary>
internal sealed partial class OrderStream(
    ServerClient server,
    Till till,
    OrderInbox inbox,
    DeviceClock clock,
    LinkState link,
    Wake wake,
    ILogger<OrderStream> logger
)
{
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(60);

    public async Task RunAsync(CancellationToken stop)
    {
        var backoff = new Backoff();
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await FollowAsync(backoff, stop);
                LogEnded("the server closed it");
            }
            catch (Exception e) when (ServerFailure.IsOne(e, stop))
            {
                LogEnded(ServerFailure.Describe(e));
            }
            finally
            {
                link.Online = false;
            }
            await backoff.PauseAsync(stop);
        }
    }

    private async Task FollowAsync(Backoff backoff, CancellationToken stop)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(stop, link.Moved);
        silence.CancelAfter(LongestSilence);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/terminal/v1/orders");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        request.Headers.Add(
            "Last-Event-ID",
            till.State.LastOrder.ToString(CultureInfo.InvariantCulture)
        );
        using var response = await server.Http.SendAsync(
            request,
            HttpCompletionOption.ResponseHeadersRead,
            silence.Token
        );
        response.EnsureSuccessStatusCode();
        await using var body = new BoundedStream(
            await response.Content.ReadAsStreamAsync(silence.Token)
        );
        await foreach (var item in SseParser.Create(body).EnumerateAsync(silence.Token))
        {
            silence.CancelAfter(LongestSilence);
            body.Restart();
            switch (item.EventType)
            {
                case "hello":
                    await GreetAsync(item.Data);
                    break;
                case "ping":
                    // Only a stream that lasts is a success: one that has to begin again at once must not do so every second.
                    backoff.Reset();
                    link.Heard(clock.Now.Clock);
                    break;
                case "order" when !await TakeAsync(item.Data):
                    // What comes after an order that is out of turn cannot have its turn either: begin again where we are.
                    return;
            }
        }
    }

    private async Task GreetAsync(string data)
    {
        var hello =
            JsonSerializer.Deserialize(data, LinkJson.Default.Hello)
            ?? throw new JsonException("An empty hello.");
        var state = till.State;
        if (hello.Terminal != state.Terminal || hello.Epoch != state.Epoch)
        {
            throw new IOException("the server takes this terminal for another");
        }
        var before = till.State.LastOrder;
        await till.HearAsync(hello.Acknowledged);
        link.Acknowledged = hello.Acknowledged.Seq;
        link.Greet();
        link.Heard(clock.Now.Clock);
        wake.Call();
        LogOnline(before, hello.LastOrder);
    }

    /// <summary>False when the stream must begin again.</summary>
    private async Task<bool> TakeAsync(string jws)
    {
        var taken = await inbox.TakeAsync(jws);
        return taken.Code is not ("order_out_of_turn" or "too_many_waiting");
    }

    [LoggerMessage(
        LogLevel.Information,
        "Connected; the last order here is {Here}, at the server {There}."
    )]
    private partial void LogOnline(long here, long there);

    [LoggerMessage(LogLevel.Warning, "The order stream ended: {Problem}. Connecting again.")]
    private partial void LogEnded(string problem);
}
