using Tillkeeper.Server.Console.Api;
using Tillkeeper.Server.Console.Shell;
using Tillkeeper.Server.Http;
using Tillkeeper.Server.Locks;
using Tillkeeper.Server.People;
using Tillkeeper.Server.Shops;

namespace Tillkeeper.Server.Console.Portal.Staff;

/// <summary>An operator who cannot sign in at a terminal.</summary>
internal sealed record PausedOperator(ShopTerminal Terminal, LockView Lock);

/// <summary><c>GET /shop/staff</c>: who of the shop cannot sign in, and how they get a new passcode. Names never leave the terminal.</summary>
internal static class StaffEndpoints
{
    private const int MostTerminals = 200;

    public static void MapStaff(this IEndpointRouteBuilder app) =>
        app.MapGet("/shop/staff", Show).Needs(Right.OwnShop).AsPage();

    private static async Task<IResult> Show(ApiClient api)
    {
        // The worst first: whoever is paused is among these.
        var reply = await api.Get<Page<ShopTerminal>>(
            $"/api/v1/shop/terminals?limit={MostTerminals}"
        );
        return reply.Problem is { } problem
            ? Pages.Refused(problem)
            : Pages.Page<StaffPage>(
                reply
                    .Value!.Items.SelectMany(
                        t => t.Locks.Where(l => !l.Subject.IsTerminal),
                        (t, l) => new PausedOperator(t, l)
                    )
                    .ToList()
            );
    }
}
