using Tillkeeper.Server.People;
using static Tillkeeper.Server.Tests.Isolation.Answers;

namespace Tillkeeper.Server.Tests.Isolation;

/// <summary>Notifications: channels and the helpdesk's own settings are the provider's alone.</summary>
internal static class NotificationRecipes
{
    private const string Everybody = "all";
    private const string Tellers = "admin fleet agent merchant";
    private const string Channels = "/api/v1/notifications/channels";
    private const string Helpdesk = "/api/v1/notifications/helpdesk";
    private static readonly object Settings = new { language = "en" };

    public static IReadOnlyList<Recipe> All { get; } =
    [
        new(
            "GET /api/v1/notifications",
            Right.Look,
            Everybody,
            NoTrace,
            _ => "/api/v1/notifications"
        ),
        Channel("GET /api/v1/notifications/channels", _ => Channels),
        Channel(
            "PUT /api/v1/notifications/channels/{name}",
            _ => $"{Channels}/sms",
            _ => new
            {
                type = "http",
                audiences = new[] { "merchant" },
                url = "https://example.com/send",
                body = """{"to":"{{to}}","text":"{{text}}"}""",
            }
        ),
        Channel("DELETE /api/v1/notifications/channels/{name}", _ => $"{Channels}/none"),
        Channel(
            "POST /api/v1/notifications/channels/{name}/test",
            _ => $"{Channels}/none/test",
            _ => new { to = "13800000000" }
        ),
        new(
            "GET /api/v1/merchants/{id}/notifications",
            Right.SetNotifications,
            Tellers,
            NotFound,
            s => $"/api/v1/merchants/{s.Merchant}/notifications"
        ),
        new(
            "PUT /api/v1/merchants/{id}/notifications",
            Right.SetNotifications,
            Tellers,
            NotFound,
            s => $"/api/v1/merchants/{s.Merchant}/notifications",
            _ => Settings
        ),
        new(
            "GET /api/v1/orgs/{id}/notifications",
            Right.SetNotifications,
            Tellers,
            NotFound,
            s => $"/api/v1/orgs/{s.Org}/notifications"
        ),
        new(
            "PUT /api/v1/orgs/{id}/notifications",
            Right.SetNotifications,
            Tellers,
            NotFound,
            s => $"/api/v1/orgs/{s.Org}/notifications",
            _ => Settings
        ),
        new(
            "GET /api/v1/notifications/helpdesk",
            Right.SetNotifications,
            Tellers,
            Provider,
            _ => Helpdesk
        ),
        new(
            "PUT /api/v1/notifications/helpdesk",
            Right.SetNotifications,
            Tellers,
            Provider,
            _ => Helpdesk,
            _ => Settings
        ),
    ];

    private static Recipe Channel(
        string route,
        Func<Running.Shop, string> path,
        Func<Running.Shop, object?>? body = null
    ) => new(route, Right.ManageWebhooks, "admin", Provider, path, body);
}
