using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Tillkeeper.Server.Tests.Impostors;

/// <summary>An SMS gateway that listens for real and keeps what it was given.</summary>
internal sealed partial class TestGateway : IAsyncDisposable
{
    private readonly ConcurrentQueue<JsonElement> messages = new();
    private readonly WebApplication app;

    private TestGateway(WebApplication app) => this.app = app;

    public Uri Url => new($"{app.Urls.Single()}/sms");

    /// <summary>The code in the last message.</summary>
    public string LastCode => Code().Match(messages.Last().GetProperty("text").GetString()!).Value;

    public static async Task<TestGateway> Open()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        TestGateway gateway = new(builder.Build());
        gateway.app.MapPost("/sms", gateway.Take);
        await gateway.app.StartAsync();
        return gateway;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private IResult Take(JsonElement message)
    {
        messages.Enqueue(message);
        return Results.Ok();
    }

    [GeneratedRegex("[0-9]{8}")]
    private static partial Regex Code();
}
