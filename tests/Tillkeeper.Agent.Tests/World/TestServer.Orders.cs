using Microsoft.AspNetCore.Http;

namespace Tillkeeper.Agent.Tests.World;

internal sealed partial class TestServer
{
    private async Task OrdersAsync(HttpContext context)
    {
        var after = long.Parse(
            context.Request.Headers["Last-Event-ID"].ToString(),
            System.Globalization.CultureInfo.InvariantCulture
        );
        StreamsFrom.Enqueue(after);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(
            context.RequestAborted,
            streams.Token
        );
        context.Response.ContentType = "text/event-stream";
        var (seq, hash) = Acknowledged();
        await SayAsync(
            context,
            $$"""
            event: hello
            data: {"terminal":"{{Terminal}}","epoch":1,"acknowledged":{"seq":{{seq}},"hash":"{{hash}}"},"lastOrder":{{orders.Count}}}
            """
        );
        try
        {
            while (true)
            {
                var signal = Volatile.Read(ref changed).Task;
                string[] rest;
                lock (gate)
                {
                    rest = [.. orders.Skip((int)after)];
                }
                foreach (var jws in rest)
                {
                    after++;
                    await SayAsync(context, $"event: order\nid: {after}\ndata: {jws}");
                }
                await signal.WaitAsync(stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            context.Abort();
        }
    }

    private static async Task SayAsync(HttpContext context, string item)
    {
        await context.Response.WriteAsync(
            item.Replace("\r\n", "\n", StringComparison.Ordinal) + "\n\n"
        );
        await context.Response.Body.FlushAsync();
    }
}
