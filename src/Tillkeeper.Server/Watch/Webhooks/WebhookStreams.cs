using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Tillkeeper.Core.Serialization;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Watch.Webhooks;

/// <summary>Something that happened to a webhook.</summary>
internal interface IWebhookEvent;

/// <param name="Host">All the log tells of the address: the rest of a URL is often a secret.</param>
/// <param name="Events">What is sent: names such as <c>lock.begun</c>, or <c>lock.*</c>, or <c>*</c>.</param>
/// <param name="Place">Only what happens there or below.</param>
internal sealed record WebhookCreated(
    string Webhook,
    string Host,
    IReadOnlyList<string> Events,
    string Place
) : IWebhookEvent;

/// <summary>A new secret signs; until then, the old one signs too.</summary>
internal sealed record SecretRotated(DateTimeOffset OldUntil) : IWebhookEvent;

/// <summary>Somebody had dead letters sent again.</summary>
internal sealed record LettersRedelivered(int Letters) : IWebhookEvent;

internal sealed record WebhookDeleted : IWebhookEvent;

/// <summary>The fold of a webhook.</summary>
internal sealed record WebhookState(string Id = "", string Place = "", bool Deleted = false)
{
    public ImmutableArray<string> Events
    {
        get;
        init => field = value.IsDefault ? [] : value;
    } = [];

    public static WebhookState Apply(WebhookState state, IWebhookEvent happened) =>
        happened switch
        {
            WebhookCreated e => new WebhookState(e.Webhook, e.Place) { Events = [.. e.Events] },
            SecretRotated or LettersRedelivered => state,
            WebhookDeleted => state with { Deleted = true },
            _ => throw new InvalidOperationException(
                $"The fold does not know {happened.GetType().Name}."
            ),
        };
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(UtcTimeJson)]
)]
[JsonSerializable(typeof(WebhookState))]
[JsonSerializable(typeof(WebhookCreated))]
[JsonSerializable(typeof(SecretRotated))]
[JsonSerializable(typeof(LettersRedelivered))]
[JsonSerializable(typeof(WebhookDeleted))]
[JsonSerializable(typeof(WebhookKeys))]
internal sealed partial class WebhookJson : JsonSerializerContext;

/// <summary>Streams of webhooks and the view <c>webhooks</c>.</summary>
internal static class WebhookStreams
{
    public static StreamKind<WebhookState, IWebhookEvent> Kind { get; } =
        new(
            "webhook",
            new EventCatalogue(
                ("webhook.created.v1", WebhookJson.Default.WebhookCreated),
                ("webhook.secret_rotated.v1", WebhookJson.Default.SecretRotated),
                ("webhook.letters_redelivered.v1", WebhookJson.Default.LettersRedelivered),
                ("webhook.deleted.v1", WebhookJson.Default.WebhookDeleted)
            ),
            WebhookJson.Default.WebhookState,
            new WebhookState(),
            WebhookState.Apply,
            Project
        );

    private static void Project(Views views, Projection<WebhookState, IWebhookEvent> p)
    {
        switch (p.Happened)
        {
            case WebhookCreated e:
                views.Write(
                    "INSERT INTO webhooks VALUES ($1, $2, $3, $4, $5)",
                    p.Id,
                    e.Place,
                    e.Host,
                    string.Join(' ', e.Events),
                    p.At.ToUnixTimeMilliseconds()
                );
                break;
            case WebhookDeleted:
                views.Write("DELETE FROM webhooks WHERE id = $1", p.Id);
                break;
        }
    }
}
