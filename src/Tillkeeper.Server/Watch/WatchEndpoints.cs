using Tillkeeper.Server.Runtime;

namespace Tillkeeper.Server.Watch;

/// <summary>Watching over the fleet: alerts, presence, webhooks.</summary>
internal static class WatchEndpoints
{
    public static void MapWatch(this IEndpointRouteBuilder app) => app.MapAlerts();

    public static IServiceCollection AddWatch(this IServiceCollection services) =>
        services
            .AddSingleton<AlertViews>()
            .AddSingleton<ITimerHandler, AlertReminder>()
            .AddHostedService<PresenceRounds>();
}
