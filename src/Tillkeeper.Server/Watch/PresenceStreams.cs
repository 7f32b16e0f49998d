using System.Text.Json.Serialization;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Watch;

/// <summary>Some terminals came and went.</summary>
internal interface IPresenceEvent;

/// <param name="LastSeenAt">When the server last heard of it.</param>
internal sealed record Gone(string Terminal, DateTimeOffset LastSeenAt);

/// <summary>A batch of transitions, never a heartbeat.</summary>
internal sealed record PresenceChanged(IReadOnlyList<string> Online, IReadOnlyList<Gone> Offline)
    : IPresenceEvent;

/// <summary>The fold of presence: nothing but how often it changed. Who is there stands in the view.</summary>
internal sealed record PresenceState(long Batches = 0);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(UtcTimeJson)]
)]
[JsonSerializable(typeof(PresenceState))]
[JsonSerializable(typeof(PresenceChanged))]
internal sealed partial class PresenceJson : JsonSerializerContext;

/// <summary>The one stream of presence and its view.</summary>
internal static class PresenceStreams
{
    public const string Id = "fleet";

    public static StreamKind<PresenceState, IPresenceEvent> Kind { get; } =
        new(
            "presence",
            new EventCatalogue(("presence.changed.v1", PresenceJson.Default.PresenceChanged)),
            PresenceJson.Default.PresenceState,
            new PresenceState(),
            (state, _) => new PresenceState(state.Batches + 1),
            Project
        );

    private static void Project(Views views, Projection<PresenceState, IPresenceEvent> p)
    {
        if (p.Happened is not PresenceChanged e)
        {
            return;
        }
        var at = p.At.ToUnixTimeMilliseconds();
        foreach (var terminal in e.Online)
        {
            Write(views, terminal, true, at, at);
        }
        foreach (var gone in e.Offline)
        {
            Write(views, gone.Terminal, false, at, gone.LastSeenAt.ToUnixTimeMilliseconds());
        }
    }

    private static void Write(Views views, string terminal, bool online, long at, long seen) =>
        views.Write(
            "INSERT INTO presence VALUES ($1, $2, $3, $4) ON CONFLICT (terminal) DO UPDATE SET online = excluded.online, since = excluded.since, last_seen = excluded.last_seen",
            terminal,
            online ? 1 : 0,
            at,
            seen
        );
}
