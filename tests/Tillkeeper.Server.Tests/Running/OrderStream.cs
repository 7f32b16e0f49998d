using System.Net.Http.Headers;
using System.Net.ServerSentEvents;

namespace Tillkeeper.Server.Tests.Running;

/// <summary>An open order stream; every wait for an event has an end.</summary>
internal sealed class OrderStream : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private readonly HttpResponseMessage response;
    private readonly IAsyncEnumerator<SseItem<string>> events;

    private OrderStream(HttpResponseMessage response, Stream body) =>
        (this.response, events) = (
            response,
            SseParser.Create(body).EnumerateAsync().GetAsyncEnumerator()
        );

    public static async Task<OrderStream> Open(HttpClient client, string? lastEventId)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, "/terminal/v1/orders")
        {
            Version = new Version(2, 0),
        };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }
        var opened = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", opened.Content.Headers.ContentType?.MediaType);
        return new OrderStream(opened, await opened.Content.ReadAsStreamAsync());
    }

    public Version Version => response.Version;

    /// <summary>The next event, or null at the end of the stream.</summary>
    public async Task<SseItem<string>?> Next() =>
        await events.MoveNextAsync().AsTask().WaitAsync(Patience) ? events.Current : null;

    public async Task<SseItem<string>> Expect(string type)
    {
        var next = await Next();
        Assert.Equal(type, next?.EventType);
        return next!.Value;
    }

    public ValueTask DisposeAsync()
    {
        // Without waiting for the server to end it: it never would.
        response.Dispose();
        return ValueTask.CompletedTask;
    }
}
