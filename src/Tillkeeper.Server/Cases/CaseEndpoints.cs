using Tillkeeper.Server.Cases.OpenLinks;
using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Cases;

/// <summary><c>/api/v1/cases</c>: somebody asks for a way out of a lock, somebody else decides (工单).</summary>
internal static class CaseEndpoints
{
    public static void MapCases(this IEndpointRouteBuilder app)
    {
        app.MapOpening();
        app.MapLooking();
        app.MapDocuments();
        app.MapDecision();
        app.MapOfflineCode();
        app.MapLife();
        app.MapCallBacks();
        app.MapComparison();
        app.MapColleagues();
        app.MapOpenLinks();
    }

    public static IServiceCollection AddCases(this IServiceCollection services) =>
        services
            .AddSingleton<CaseAccess>()
            .AddSingleton<CaseHistory>()
            .AddSingleton<CaseList>()
            .AddSingleton<CaseViews>()
            .AddSingleton<CaseFile>()
            .AddSingleton<FileViews>()
            .AddSingleton<DocumentMarks>()
            .AddSingleton<LinkReader>()
            .AddSingleton<LinkOpening>()
            .AddSingleton<ITimerHandler, CaseReminder>();
}
