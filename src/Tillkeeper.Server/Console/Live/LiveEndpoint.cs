using Microsoft.AspNetCore.Mvc;
using Tillkeeper.Core;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Console.Api;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Console.Live;

/// <summary>
/// <c>GET /live?of=terminals/ID</c>: tells an open page that what it shows has changed, as server-sent events. It carries nothing itself:
/// the page asks for its part again, and sees what its reader may see then.
/// </summary>
internal static class LiveEndpoint
{
    private const int MostTopics = 50;
    private static readonly TimeSpan PingEvery = TimeSpan.FromSeconds(15);

    /// <summary>Several changes in a row are one; still well within a second.</summary>
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan GatherAll = TimeSpan.FromMilliseconds(700);

    /// <summary>Whoever is still there then connects again, and shows again who they are.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    public static void MapLive(this IEndpointRouteBuilder app) =>
        app.MapGet("/live", Stream).Needs(Right.Look).ExcludeFromDescription();

    /// <param name="duration">How long to stay, as <c>?for=PT30S</c>; at most ten minutes.</param>
    private static async Task Stream(
        string[] of,
        HttpContext context,
        Person person,
        ApiClient api,
        Tail tail,
        IHostApplicationLifetime host,
        [FromQuery(Name = "for")] string? duration = null
    )
    {
        var stay = Longest;
        if (duration is not null && !IsoDurationJson.TryParse(duration, out stay))
        {
            await Problems
                .Of(Refusal.Invalid("for", "Use a duration such as PT30S."))
                .ExecuteAsync(context);
            return;
        }
        if (await Refuse(of, person, api) is { } refusal)
        {
            await Problems.Of(refusal).ExecuteAsync(context);
            return;
        }
        using var over = CancellationTokenSource.CreateLinkedTokenSource(
            context.RequestAborted,
            host.ApplicationStopping
        );
        over.CancelAfter(stay < Longest ? stay : Longest);
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        var everything = of.Contains(LiveTopics.Everything);
        using var listener = tail.ListenToAny([
            .. of.Select(topic => LiveTopics.StreamOf(topic) ?? Tail.Everything),
        ]);
        try
        {
            await Say(context, "hello", over.Token);
            while (true)
            {
                if (await listener.Wait(PingEvery, over.Token))
                {
                    await Task.Delay(everything ? GatherAll : Gather, over.Token);
                    await Say(context, "changed", over.Token);
                }
                else
                {
                    await Say(context, "ping", over.Token);
                }
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // They hung up, their time is over, or the server stops.
        }
    }

    private static async Task<Refusal?> Refuse(string[] topics, Person person, ApiClient api)
    {
        if (topics.Length is 0 or > MostTopics)
        {
            return Refusal.Invalid("of", $"Name 1 to {MostTopics} topics, e.g. terminals/ID.");
        }
        foreach (var topic in topics)
        {
            if (topic == LiveTopics.Everything)
            {
                if (person.Role is Role.Merchant)
                {
                    return Refusal.NotFound("topic");
                }
            }
            else if (
                LiveTopics.StreamOf(topic) is null
                || !(await api.Get($"/api/v1/{topic}")).Good
            )
            {
                return Refusal.NotFound("topic");
            }
        }
        return null;
    }

    private static async Task Say(HttpContext context, string what, CancellationToken cancel)
    {
        await context.Response.WriteAsync($"event: {what}\ndata:\n\n", cancel);
        await context.Response.Body.FlushAsync(cancel);
    }
}
