using Tillkeeper.Server.Runtime;
using Tillkeeper.Server.Watch.Webhooks;

namespace Tillkeeper.Server.Watch;

/// <summary>Watching over the fleet: alerts, presence, webhooks.</summary>
internal static class WatchEndpoints
{
    public static void MapWatch(this IEndpointRouteBuilder app)
    {
        app.MapAlerts();
        app.MapWebhooks();
    }

    public static IServiceCollection AddWatch(
        this IServiceCollection services,
        ServerOptions options
    ) =>
        services
            .AddSingleton<AlertViews>()
            .AddSingleton<ITimerHandler, AlertReminder>()
            .AddHostedService<PresenceRounds>()
            .AddSingleton(options.Webhooks)
            .AddSingleton(new AddressGuard(options.WebhookPrivateNetworks))
            .AddSingleton<Letters>()
            .AddHostedService<LogFollower>()
            .AddHostedService<Postman>();
}
