using Tillkeeper.Server.Console.Api;
using Tillkeeper.Server.Console.Assets;
using Tillkeeper.Server.Console.Fleet;
using Tillkeeper.Server.Console.Home;
using Tillkeeper.Server.Console.Live;
using Tillkeeper.Server.Console.Look;
using Tillkeeper.Server.Console.People;
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
        app.MapHome();
        app.MapFleet();
        app.MapGet("/console/look", () => Pages.Page<LookPage>()).Needs(Right.Look).AsPage();
    }
}
