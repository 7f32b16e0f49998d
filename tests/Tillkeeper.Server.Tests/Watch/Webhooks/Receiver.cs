using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Tillkeeper.Server.Tests.Watch.Webhooks;

/// <summary>What arrived, and what was answered.</summary>
internal sealed record Arrived(
    string Id,
    string Timestamp,
    string Signature,
    string ContentType,
    string Body,
    int Answered
)
{
    public JsonElement Json => JsonElement.Parse(Body);
    public string Type => Json.GetProperty("type").GetString()!;
    public string Subject => Json.GetProperty("subject").GetString()!;
}

/// <summary>A real HTTP server on loopback that takes webhooks as the test tells it to.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private WebApplication? app;

    public ConcurrentQueue<Arrived> All { get; } = [];

    /// <summary>What was taken, in its order.</summary>
    public Arrived[] Taken => [.. All.Where(a => a.Answered == 200)];

    /// <summary>The status for a request; by default it takes everything.</summary>
    public Func<HttpContext, Task<int>> Answer { get; set; } = _ => Task.FromResult(200);

    /// <summary>What stands in the answer; by default nothing.</summary>
    public Func<string>? AnswerBody { get; set; }

    public int Port { get; private set; }

    public string Url => $"http://127.0.0.1:{Port}/hook/s3cret-path";

    public static async Task<Receiver> StartAsync()
    {
        Receiver receiver = new();
        await receiver.OpenAsync();
        return receiver;
    }

    /// <summary>Listens, on the same port as before when there was one.</summary>
    public async Task OpenAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{Port}");
        app = builder.Build();
        app.Run(TakeAsync);
        await app.StartAsync();
        Port = new Uri(app.Urls.Single()).Port;
    }

    public async Task CloseAsync()
    {
        await app!.DisposeAsync();
        app = null;
    }

    public async Task<Arrived[]> WaitFor(int taken)
    {
        for (var i = 0; i < 400 && Taken.Length < taken; i++)
        {
            await Task.Delay(25);
        }
        Assert.True(
            Taken.Length >= taken,
            $"{Taken.Length} of {taken} were taken; {All.Count} arrived"
        );
        return Taken;
    }

    public ValueTask DisposeAsync() => app?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task TakeAsync(HttpContext context)
    {
        using StreamReader reader = new(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        var status = await Answer(context);
        context.Response.StatusCode = status;
        string Header(string name) => context.Request.Headers[name].ToString();
        All.Enqueue(
            new Arrived(
                Header("webhook-id"),
                Header("webhook-timestamp"),
                Header("webhook-signature"),
                Header("Content-Type"),
                body,
                status
            )
        );
        if (AnswerBody is { } answer)
        {
            await context.Response.WriteAsync(answer());
        }
    }
}
