using System.Text.Json.Serialization;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Notifications;

/// <summary>Something that happened to one notification. Neither what it says nor whom it reaches is ever in the log.</summary>
internal interface INotificationEvent;

/// <param name="Party">The merchant's or agent's id, or <c>helpdesk</c>.</param>
/// <param name="About">E.g. <c>lock/7Q...</c>, <c>case/5B...</c>.</param>
/// <param name="Recipient">16 hexadecimal digits: the same for the same number or address, and telling nothing of it.</param>
internal sealed record NotificationQueued(
    string Notification,
    NotificationKind Kind,
    string Party,
    string Place,
    Audience Audience,
    string Channel,
    string About,
    string Recipient
) : INotificationEvent;

/// <summary>The mail server or the gateway took it.</summary>
internal sealed record NotificationSent(int Attempts) : INotificationEvent;

[JsonConverter(typeof(SnakeCaseEnum<DropReason>))]
internal enum DropReason
{
    /// <summary>Tried as often as the server tries, or refused for good.</summary>
    GivenUp,

    /// <summary>What it would have said is over.</summary>
    Superseded,

    /// <summary>Its channel is no longer there.</summary>
    ChannelGone,
}

internal sealed record NotificationDropped(DropReason Why, int Attempts) : INotificationEvent;

/// <summary>The fold of a notification.</summary>
internal sealed record NotificationState(string Id = "", bool Settled = false)
{
    public static NotificationState Apply(NotificationState state, INotificationEvent happened) =>
        happened switch
        {
            NotificationQueued e => new NotificationState(e.Notification),
            NotificationSent or NotificationDropped => state with { Settled = true },
            _ => throw new InvalidOperationException(
                $"The fold does not know {happened.GetType().Name}."
            ),
        };
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(NotificationState))]
[JsonSerializable(typeof(NotificationQueued))]
[JsonSerializable(typeof(NotificationSent))]
[JsonSerializable(typeof(NotificationDropped))]
[JsonSerializable(typeof(Sending.LetterContent))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class NotificationJson : JsonSerializerContext;

/// <summary>Streams of notifications and the view of the same name.</summary>
internal static class NotificationStreams
{
    public static StreamKind<NotificationState, INotificationEvent> Kind { get; } =
        new(
            "notification",
            new EventCatalogue(
                ("notification.queued.v1", NotificationJson.Default.NotificationQueued),
                ("notification.sent.v1", NotificationJson.Default.NotificationSent),
                ("notification.dropped.v1", NotificationJson.Default.NotificationDropped)
            ),
            NotificationJson.Default.NotificationState,
            new NotificationState(),
            NotificationState.Apply,
            Project
        );

    private static void Project(Views views, Projection<NotificationState, INotificationEvent> p)
    {
        switch (p.Happened)
        {
            case NotificationQueued e:
                views.Write(
                    "INSERT INTO notifications VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'waiting', $9, NULL, NULL, 0)",
                    p.Id,
                    e.Place,
                    e.Party,
                    Words.Of(e.Kind),
                    Words.Of(e.Audience),
                    e.Channel,
                    e.About,
                    e.Recipient,
                    p.At.ToUnixTimeMilliseconds()
                );
                break;
            case NotificationSent e:
                Settle(views, p, "sent", null, e.Attempts);
                break;
            case NotificationDropped e:
                Settle(views, p, "dropped", Words.Of(e.Why), e.Attempts);
                break;
        }
    }

    private static void Settle(
        Views views,
        Projection<NotificationState, INotificationEvent> p,
        string status,
        string? why,
        int attempts
    ) =>
        views.Write(
            "UPDATE notifications SET status = $2, why = $3, attempts = $4, settled_at = $5 WHERE id = $1",
            p.Id,
            status,
            why,
            attempts,
            p.At.ToUnixTimeMilliseconds()
        );
}
