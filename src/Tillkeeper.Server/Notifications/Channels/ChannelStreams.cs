using System.Text.Json.Serialization;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Notifications.Channels;

/// <summary>Something that happened to a channel.</summary>
internal interface IChannelEvent;

/// <summary>It was made or changed; what stood before is replaced as a whole.</summary>
/// <param name="Host">All the log tells of where it goes: the rest is often a secret.</param>
internal sealed record ChannelSet(
    string Channel,
    ChannelType Type,
    AddressKind To,
    string Host,
    IReadOnlyList<Audience> Audiences
) : IChannelEvent;

internal sealed record ChannelDeleted : IChannelEvent;

/// <summary>The fold of a channel.</summary>
internal sealed record ChannelState(string Name = "", bool Deleted = false)
{
    public bool Exists => Name.Length > 0 && !Deleted;

    public static ChannelState Apply(ChannelState state, IChannelEvent happened) =>
        happened switch
        {
            ChannelSet e => new ChannelState(e.Channel),
            ChannelDeleted => state with { Deleted = true },
            _ => throw new InvalidOperationException(
                $"The fold does not know {happened.GetType().Name}."
            ),
        };
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(ChannelState))]
[JsonSerializable(typeof(ChannelSet))]
[JsonSerializable(typeof(ChannelDeleted))]
[JsonSerializable(typeof(ChannelSettings))]
internal sealed partial class ChannelJson : JsonSerializerContext;

/// <summary>Streams of channels and the view <c>notification_channels</c>.</summary>
internal static class ChannelStreams
{
    public static StreamKind<ChannelState, IChannelEvent> Kind { get; } =
        new(
            "notification_channel",
            new EventCatalogue(
                ("notification_channel.set.v1", ChannelJson.Default.ChannelSet),
                ("notification_channel.deleted.v1", ChannelJson.Default.ChannelDeleted)
            ),
            ChannelJson.Default.ChannelState,
            new ChannelState(),
            ChannelState.Apply,
            Project
        );

    private static void Project(Views views, Projection<ChannelState, IChannelEvent> p)
    {
        views.Write("DELETE FROM notification_channels WHERE name = $1", p.Id);
        if (p.Happened is ChannelSet e)
        {
            views.Write(
                "INSERT INTO notification_channels VALUES ($1, $2, $3, $4, $5, $6)",
                p.Id,
                Words.Of(e.Type),
                Words.Of(e.To),
                e.Host,
                string.Join(' ', e.Audiences.Select(Words.Of)),
                p.At.ToUnixTimeMilliseconds()
            );
        }
    }
}
