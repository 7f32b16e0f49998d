using Tillkeeper.Server.Announcements;
using Tillkeeper.Server.Console.Api;
using Tillkeeper.Server.Console.Shell;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Shops;

namespace Tillkeeper.Server.Console.Portal.Home;

/// <summary>What the owner's first page shows.</summary>
internal sealed record ShopHomeModel(
    Page<ShopTerminal> Terminals,
    IReadOnlyList<ShopDue> Dues,
    IReadOnlyList<AnnouncementView> Announcements,
    IReadOnlyList<ShopUpdate> Updates,
    string Query,
    bool IsFirst
);

/// <summary><c>GET /shop</c>: what I owe, what is planned, and my terminals, the worst first.</summary>
internal static class ShopHomeEndpoints
{
    private const int MostTerminals = 20;
    private const int MostAnnouncements = 5;

    public static void MapShopHome(this IEndpointRouteBuilder app) =>
        app.MapGet("/shop", Show).Needs(Right.OwnShop).AsPage();

    private static async Task<IResult> Show(ApiClient api, string q = "", string after = "")
    {
        var terminals = await api.Get<Page<ShopTerminal>>(
            $"/api/v1/shop/terminals?limit={MostTerminals}&q={Uri.EscapeDataString(q)}&after={Uri.EscapeDataString(after)}"
        );
        var dues = await api.Get<Page<ShopDue>>("/api/v1/shop/dues");
        var announcements = await api.Get<Page<AnnouncementView>>(
            $"/api/v1/announcements?limit={MostAnnouncements}"
        );
        var updates = await api.Get<Page<ShopUpdate>>("/api/v1/shop/updates");
        var problem = terminals.Problem ?? dues.Problem ?? announcements.Problem ?? updates.Problem;
        return problem is null
            ? Pages.Page<ShopHomePage>(
                new ShopHomeModel(
                    terminals.Value!,
                    dues.Value!.Items,
                    announcements.Value!.Items,
                    updates.Value!.Items,
                    q,
                    after.Length == 0
                )
            )
            : Pages.Refused(problem);
    }
}
