using Tillkeeper.Server.People;
using Tillkeeper.Server.Tests.Running;
using static Tillkeeper.Server.Tests.Isolation.Answers;

namespace Tillkeeper.Server.Tests.Isolation;

/// <summary>Updates: at the shop there is an artifact, and a campaign that waits for a second person.</summary>
internal static class CampaignRecipes
{
    private const string Everybody = "all";
    private const string Fleet = "admin fleet";

    public static IReadOnlyList<Recipe> All { get; } =
    [
        new(
            "PUT /api/v1/artifacts",
            Right.ManageCampaigns,
            Fleet,
            NotFound,
            s => $"/api/v1/artifacts?name=till&version=2.0&org={s.Merchant}",
            _ => new byte[] { 4, 5, 6 }
        ),
        new(
            "GET /api/v1/artifacts",
            Right.ManageCampaigns,
            Fleet,
            NoTrace,
            _ => "/api/v1/artifacts"
        ),
        new(
            "POST /api/v1/campaigns",
            Right.ManageCampaigns,
            Fleet,
            NotFound,
            _ => "/api/v1/campaigns",
            s => new
            {
                name = "Update",
                artifact = s.Artifact,
                selector = new { merchantId = s.Merchant },
            }
        ),
        new("GET /api/v1/campaigns", Right.Look, Everybody, NoTrace, _ => "/api/v1/campaigns"),
        new("GET /api/v1/campaigns/{id}", Right.Look, Everybody, NotFound, At),
        new(
            "GET /api/v1/campaigns/{id}/terminals",
            Right.Look,
            Everybody,
            NotFound,
            s => $"{At(s)}/terminals"
        ),
        new(
            "POST /api/v1/campaigns/{id}/resume",
            Right.ManageCampaigns,
            Fleet,
            NotFound,
            s => $"{At(s)}/resume",
            _ => new { reason = "agreed" }
        ),
        new(
            "POST /api/v1/campaigns/{id}/pause",
            Right.ManageCampaigns,
            Fleet,
            NotFound,
            s => $"{At(s)}/pause",
            _ => new { reason = "let us see" }
        ),
        new(
            "POST /api/v1/campaigns/{id}/stop",
            Right.ManageCampaigns,
            Fleet,
            NotFound,
            s => $"{At(s)}/stop",
            _ => new { reason = "enough" }
        ),
        new(
            "POST /api/v1/terminals/{id}/maintenance",
            Right.ManageCampaigns,
            Fleet,
            NotFound,
            s => $"/api/v1/terminals/{s.Terminal.Id}/maintenance",
            _ => new { source = "tms", state = "started" },
            Opens: true
        ),
    ];

    private static string At(Shop shop) => $"/api/v1/campaigns/{shop.Campaign}";
}
