using Tillkeeper.Server.People;
using static Tillkeeper.Server.Tests.Isolation.Answers;

namespace Tillkeeper.Server.Tests.Isolation;

/// <summary>Webhooks: the shop's own is the one that its world has made (<see cref="Running.Shop.Webhook"/>).</summary>
internal static class WebhookRecipes
{
    private const string Managers = "admin";

    public static IReadOnlyList<Recipe> All { get; } =
    [
        new(
            "GET /api/v1/webhooks",
            Right.ManageWebhooks,
            Managers,
            NoTrace,
            _ => "/api/v1/webhooks"
        ),
        new(
            "POST /api/v1/webhooks",
            Right.ManageWebhooks,
            Managers,
            NotFound,
            _ => "/api/v1/webhooks",
            s => new
            {
                url = "https://example.com/hook",
                events = new[] { "lock.*" },
                place = s.Merchant,
            }
        ),
        new(
            "GET /api/v1/webhooks/{id}/dead-letters",
            Right.ManageWebhooks,
            Managers,
            NotFound,
            s => $"/api/v1/webhooks/{s.Webhook}/dead-letters"
        ),
        new(
            "POST /api/v1/webhooks/{id}/redeliver",
            Right.ManageWebhooks,
            Managers,
            NotFound,
            s => $"/api/v1/webhooks/{s.Webhook}/redeliver",
            _ => new { }
        ),
        new(
            "POST /api/v1/webhooks/{id}/secret",
            Right.ManageWebhooks,
            Managers,
            NotFound,
            s => $"/api/v1/webhooks/{s.Webhook}/secret"
        ),
        new(
            "DELETE /api/v1/webhooks/{id}",
            Right.ManageWebhooks,
            Managers,
            NotFound,
            s => $"/api/v1/webhooks/{s.Webhook}"
        ),
    ];
}
