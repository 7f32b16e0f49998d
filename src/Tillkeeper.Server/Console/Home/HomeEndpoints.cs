using Tillkeeper.Server.Console.Shell;
using Tillkeeper.Server.People;

namespace Tillkeeper.Server.Console.Home;

/// <summary><c>GET /console</c>: what needs somebody now.</summary>
internal static class HomeEndpoints
{
    public static void MapHome(this IEndpointRouteBuilder app) =>
        app.MapGet("/console", () => Pages.Page<HomePage>()).Needs(Right.Look).AsPage();
}
