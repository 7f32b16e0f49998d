using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Tillkeeper.Server.Tests.Running;

namespace Tillkeeper.Server.Tests.Impostors;

/// <summary>An SMS gateway that listens for real and keeps what it was given.</summary>
internal sealed partial class TestGateway : IAsyncDisposable
{
    private readonly ConcurrentQueue<JsonElement> messages = new();
    private readonly WebApplication app;

    private TestGateway(WebApplication app) => this.app = app;

    /// <summary>To whom each code went, oldest first; other messages are left out.</summary>
    public (string To, string Code)[] Codes =>
        [
            .. All.Select(m => (m.To, Code: Code().Match(m.Text).Groups["code"].Value))
                .Where(m => m.Code.Length > 0),
        ];

    public string LastCode => Codes[^1].Code;

    public (string To, string Text)[] All =>
        [
            .. messages.Select(m =>
                (m.GetProperty("to").GetString()!, m.GetProperty("text").GetString()!)
            ),
        ];

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

    /// <summary>The server sends shops its messages by this gateway from now on.</summary>
    public async Task Serve(RunningServer server) =>
        (
            await server.Admin.PutJson(
                "/api/v1/notifications/channels/sms",
                new
                {
                    type = "http",
                    audiences = new[] { "merchant" },
                    url = $"{app.Urls.Single()}/sms",
                    body = """{"to":"{{to}}","text":"{{text}}"}""",
                }
            )
        ).Expect(204);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private IResult Take(JsonElement message)
    {
        messages.Enqueue(message);
        return Results.Ok();
    }

    [GeneratedRegex("验证码为(?<code>[0-9]{8})", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Code();
}
