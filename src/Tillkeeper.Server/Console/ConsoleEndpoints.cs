using Tillkeeper.Server.Console.Alerts;
using Tillkeeper.Server.Console.Api;
using Tillkeeper.Server.Console.Assets;
using Tillkeeper.Server.Console.Audit;
using Tillkeeper.Server.Console.Campaigns;
using Tillkeeper.Server.Console.Cases;
using Tillkeeper.Server.Console.Complaints;
using Tillkeeper.Server.Console.Crises;
using Tillkeeper.Server.Console.Fleet;
using Tillkeeper.Server.Console.Home;
using Tillkeeper.Server.Console.Investigations;
using Tillkeeper.Server.Console.Live;
using Tillkeeper.Server.Console.Look;
using Tillkeeper.Server.Console.Moves;
using Tillkeeper.Server.Console.People;
using Tillkeeper.Server.Console.Policies;
using Tillkeeper.Server.Console.Portal;
using Tillkeeper.Server.Console.Repairs;
using Tillkeeper.Server.Console.Reports;
using Tillkeeper.Server.Console.SavedViews;
using Tillkeeper.Server.Console.Shell;
using Tillkeeper.Server.Console.SignIn;
using Tillkeeper.Server.People;

namespace Tillkeeper.Server.Console;

/// <summary>The pages for people.</summary>
internal static class ConsoleEndpoints
{
    public static IServiceCollection AddConsole(this IServiceCollection services) =>
        services.AddSingleton<AssetFiles>().AddSingleton<ApiPipeline>().AddPages();

    public static void MapConsole(this IEndpointRouteBuilder app)
    {
        app.MapAssets();
        app.MapLive();
        app.MapGet("/", (Person person) => Pages.Go(Navigation.HomeOf(person)))
            .Needs(Right.Look)
            .AsPage();
        app.MapSignIn();
        app.MapInvitations();
        app.MapAccountPages();
        app.MapPeoplePages();
        app.MapSavedViewPages();
        app.MapHome();
        app.MapCaseDesk();
        app.MapAlertPages();
        app.MapComplaintPages();
        app.MapRepairPages();
        app.MapInvestigationPages();
        app.MapMovePages();
        app.MapCampaignPages();
        app.MapPolicyPages();
        app.MapCrisisPages();
        app.MapAuditPages();
        app.MapReportPages();
        app.MapPortal();
        app.MapFleet();
        app.MapGet("/console/look", () => Pages.Page<LookPage>()).Needs(Right.Look).AsPage();
    }
}
