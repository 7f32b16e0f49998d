using Tillkeeper.Server.Console.Assets;
using Tillkeeper.Server.Console.Look;
using Tillkeeper.Server.Console.Shell;
using Tillkeeper.Server.People;

namespace Tillkeeper.Server.Console;

/// <summary>The pages for people.</summary>
internal static class ConsoleEndpoints
{
    public static IServiceCollection AddConsole(this IServiceCollection services) =>
        services.AddSingleton<AssetFiles>().AddPages();

    public static void MapConsole(this IEndpointRouteBuilder app)
    {
        app.MapAssets();
        app.MapGet("/look", () => Pages.Page<LookPage>()).Needs(Right.Look).AsPage();
    }
}
