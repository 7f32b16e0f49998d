using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Tillkeeper.Core;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Locks;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Terminals;

namespace Tillkeeper.Server.Waiting;

/// <summary>
/// <c>GET /api/v1/terminals/{id}/live</c>: the terminal's locks with progress and expected end, as server-sent events: at once, and
/// whenever something about them changes.
/// </summary>
internal static class LiveStream
{
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(20);

    /// <summary>Whoever is still there then connects again, and shows again who they are: a revoked key sees no more than this.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <param name="Online">Whether the terminal is connected.</param>
    private sealed record LiveView(bool Online, IReadOnlyList<LockView> Locks);

    /// <param name="duration">How long to stay, as <c>?for=PT30S</c>; at most <see cref="Longest"/>.</param>
    public static async Task Get(
        string id,
        HttpContext context,
        Person person,
        TerminalAccess access,
        LockViews locks,
        Presence presence,
        Tail tail,
        IOptions<Microsoft.AspNetCore.Http.Json.JsonOptions> json,
        IHostApplicationLifetime host,
        [FromQuery(Name = "for")] string? duration = null
    )
    {
        if (access.Find(id, person) is null)
        {
            await Problems.Of(Refusal.NotFound("terminal")).ExecuteAsync(context);
            return;
        }
        var stay = Longest;
        if (duration is not null && !IsoDurationJson.TryParse(duration, out stay))
        {
            await Problems
                .Of(Refusal.Invalid("for", "Use a duration such as PT30S."))
                .ExecuteAsync(context);
            return;
        }
        using var over = CancellationTokenSource.CreateLinkedTokenSource(
            context.RequestAborted,
            host.ApplicationStopping
        );
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        using var listener = tail.Listen(TerminalStreams.Kind.NameOf(id));
        var began = Stopwatch.GetTimestamp();
        stay = stay < Longest ? stay : Longest;
        string? shown = null;
        var woken = true;
        try
        {
            // Looked at after the listening began: what happens in between wakes.
            while (access.Find(id, person) is { } now)
            {
                var view = new LiveView(
                    presence.Of(id).Online,
                    locks.Of(now, now.ActiveLocks, context.Request)
                );
                var text = JsonSerializer.Serialize(view, json.Value.SerializerOptions);
                if (text != shown || !woken)
                {
                    var item =
                        text == shown ? "event: ping\ndata: {}" : $"event: locks\ndata: {text}";
                    await context.Response.WriteAsync($"{item}\n\n", over.Token);
                    await context.Response.Body.FlushAsync(over.Token);
                    shown = text;
                }
                var left = stay - Stopwatch.GetElapsedTime(began);
                if (left <= TimeSpan.Zero)
                {
                    return;
                }
                woken = await listener.Wait(left < PingEvery ? left : PingEvery, over.Token);
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // They hung up, or the server stops.
        }
    }
}
