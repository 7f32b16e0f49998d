using Tillkeeper.Server.Console.Portal.Complaints;
using Tillkeeper.Server.Console.Portal.Help;
using Tillkeeper.Server.Console.Portal.Home;
using Tillkeeper.Server.Console.Portal.Records;
using Tillkeeper.Server.Console.Portal.Release;
using Tillkeeper.Server.Console.Portal.Settings;
using Tillkeeper.Server.Console.Portal.Staff;
using Tillkeeper.Server.Console.Portal.Tills;

namespace Tillkeeper.Server.Console.Portal;

/// <summary><c>/shop</c>: the pages of a shop's owner, made for the phone in their pocket.</summary>
internal static class PortalEndpoints
{
    public static void MapPortal(this IEndpointRouteBuilder app)
    {
        app.MapShopHome();
        app.MapTills();
        app.MapHelp();
        app.MapShopCases();
        app.MapOwnRelease();
        app.MapShopPasskeys();
        app.MapShopComplaints();
        app.MapRecords();
        app.MapShopSettings();
        app.MapStaff();
    }
}
