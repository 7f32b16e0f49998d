using Tillkeeper.Server.People;
using static Tillkeeper.Server.Tests.Isolation.Answers;

namespace Tillkeeper.Server.Tests.Isolation;

/// <summary>What an owner sees of all their terminals at once, and the work that shops are told of beforehand.</summary>
internal static class ShopRecipes
{
    public static IReadOnlyList<Recipe> All { get; } =
    [
        Of("GET /api/v1/shop/terminals", "/api/v1/shop/terminals"),
        Of("GET /api/v1/shop/dues", "/api/v1/shop/dues"),
        Of("GET /api/v1/shop/updates", "/api/v1/shop/updates"),
        Of("GET /api/v1/shop/cases", "/api/v1/shop/cases"),
        new(
            "POST /api/v1/announcements",
            Right.ManageCampaigns,
            "admin fleet",
            NotFound,
            _ => "/api/v1/announcements",
            s => Announcements.Announcing.Body(s.Merchant)
        ),
        new("GET /api/v1/announcements", Right.Look, "all", NoTrace, _ => "/api/v1/announcements"),
        new(
            "POST /api/v1/announcements/{id}/withdrawal",
            Right.ManageCampaigns,
            "admin fleet",
            NotFound,
            s => $"/api/v1/announcements/{s.Announcement}/withdrawal",
            _ => new { reason = "postponed" }
        ),
    ];

    private static Recipe Of(string route, string path) =>
        new(route, Right.OwnShop, "merchant", NoTrace, _ => path);
}
